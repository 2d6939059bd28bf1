package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import finmicro.system.MetricsCollector.Series;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class MetricsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TRADE = "stock-trade";
    private static final String MARKET = "stock-market";
    private static final String BALANCE = "stock-balance";

    /** All that one of our own metrics may be divided by: each has few values. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "messaging.system",
            "messaging.destination.name",
            "messaging.operation.name",
            "error.type",
            "trade.type",
            "order.type",
            "reason",
            "kind",
            "result",
            "source",
            "outbox.destination",
            "outbox.state",
            "health.check",
            "dependency.name");

    private final TradingSystem system;
    private final Trading trading;
    private final MetricsCollector metrics;

    MetricsIT(TradingSystem system) {
        this.system = system;
        trading = new Trading(system);
        metrics = system.metrics();
    }

    @Test
    void orderIsCountedWhereverItComesBy() {
        awaitTold();
        Gain accepted = new Gain(TRADE, "orders.accepted", Map.of("trade.type", "BUY", "order.type", "market"));
        Gain contracted = new Gain(TRADE, "contracts", Map.of("result", "contracted"));
        Gain settled = new Gain(TRADE, "order.settlement.duration", Map.of());
        Gain booked = new Gain(BALANCE, "settlements", Map.of("result", "settled"));
        Map<String, String> orders = Map.of("messaging.destination.name", EmbeddedQueues.ORDERS);
        Gain sent = new Gain(TRADE, "messaging.client.sent.messages", orders);
        Gain received = new Gain(MARKET, "messaging.client.consumed.messages", orders);
        Gain processed = new Gain(MARKET, "messaging.process.duration", orders);

        for (int i = 0; i < 3; i++) {
            trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        }

        assertExactly(3, accepted, contracted, settled, booked, sent, received, processed);
    }

    @Test
    void refusedOrdersAreCountedByReason() {
        awaitTold();
        Gain invalid = new Gain(TRADE, "orders.refused", Map.of("reason", "invalid-input"));
        Gain reused = new Gain(TRADE, "orders.refused", Map.of("reason", "idempotency-key-reused"));
        String key = "MetricsIT-" + System.nanoTime();

        trading.post(Service.TRADE, "/trade/order", "{}");
        trading.post(Service.TRADE, "/trade/order", "no JSON");
        trading.place(key, Trading.order("BUY", "0", "100", 1));
        trading.place(key, Trading.order("SELL", "0", "100", 1));

        assertExactly(2, invalid);
        assertExactly(1, reused);
    }

    @Test
    void repeatedAndPoisonousMessagesAreCounted() {
        awaitTold();
        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(tradeNo);
        Gain repeated = new Gain(TRADE, "contracts", Map.of("result", "repeated"));
        Map<String, String> orders = Map.of("messaging.destination.name", EmbeddedQueues.ORDERS);
        Gain redelivered = new Gain(MARKET, "queue.redelivered.messages", orders);
        Gain poison = new Gain(
                MARKET,
                "messaging.process.duration",
                Map.of("messaging.destination.name", EmbeddedQueues.ORDERS, "error.type", "poison"));

        trading.sendToQueue(EmbeddedQueues.CONTRACTS, Trading.contract(tradeNo));
        trading.send(EmbeddedQueues.ORDERS, "poison");

        assertExactly(1, repeated);
        redelivered.awaitAtLeast(2);
        poison.awaitAtLeast(3);
        trading.purge(EmbeddedQueues.ORDERS);
    }

    @Test
    void stateIsMeasured() {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(metrics.sum(TRADE, "health.state", Map.of("health.check", "ready")))
                    .isEqualTo(1);
            assertThat(metrics.sum(TRADE, "dependency.state", Map.of("dependency.name", "database")))
                    .isEqualTo(1);
            assertThat(series(TRADE, "outbox.oldest.unsent")).isEqualTo(1);
            assertThat(series(TRADE, "outbox.unsent")).isEqualTo(4);
            assertThat(series(MARKET, "queue.permits.used")).isEqualTo(1);
            assertThat(series(TRADE, "http.server.request.duration")).isPositive();
            assertThat(series(TRADE, "jvm.memory.used")).isPositive();
            assertThat(series(BALANCE, "io.openliberty.connection_pool.connection.count"))
                    .isPositive();
        });
    }

    @Test
    void receiveThatFailsIsCounted() {
        Gain failed = new Gain(
                TRADE,
                "messaging.client.operation.duration",
                Map.of(
                        "messaging.operation.name",
                        "receive",
                        "error.type",
                        "software.amazon.awssdk.core.exception.SdkClientException"));
        system.withoutQueues(() -> failed.awaitAtLeast(1));
    }

    /** Whatever the other tests did before: no metric grows with the number of orders. */
    @Test
    void noMetricIsDividedByWhatHasManyValues() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));

        assertThat(metrics.series())
                .filteredOn(series -> series.scope().equals("finmicro"))
                .isNotEmpty()
                .allSatisfy(series ->
                        assertThat(ATTRIBUTES).containsAll(series.attributes().keySet()))
                .allSatisfy(series -> assertThat(series.unit()).matches("s|\\{[a-z]+}"));
        // The paths, methods and statuses of an API are few each; trade numbers, say, would be many.
        Map<List<String>, Set<String>> values = new HashMap<>();
        for (Series series : metrics.series()) {
            series.attributes()
                    .forEach((attribute, value) -> values.computeIfAbsent(
                                    List.of(series.service(), series.name(), attribute), any -> new HashSet<>())
                            .add(value));
        }
        assertThat(values)
                .isNotEmpty()
                .allSatisfy(
                        (divided, by) -> assertThat(by).as(divided.toString()).hasSizeLessThan(30));
    }

    /** How many series of the metric one task can have; that other tests start tasks again does not count. */
    private long series(String service, String name) {
        return metrics.series().stream()
                .filter(series ->
                        series.service().equals(service) && series.name().equals(name))
                .map(Series::attributes)
                .distinct()
                .count();
    }

    /** By how much a metric rises from now on. */
    private final class Gain {

        private final String service;
        private final String name;
        private final Map<String, String> attributes;
        private final double before;

        Gain(String service, String name, Map<String, String> attributes) {
            this.service = service;
            this.name = name;
            this.attributes = attributes;
            this.before = metrics.sum(service, name, attributes);
        }

        void awaitAtLeast(int expected) {
            Awaitility.await(name + attributes).atMost(SOON).until(() -> gained() >= expected);
        }

        private double gained() {
            return metrics.sum(service, name, attributes) - before;
        }
    }

    /** Has what was done so far told of by all services: twice, since the first time may have begun before. */
    private void awaitTold() {
        Map<Service, Integer> told = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            told.put(service, metrics.exports(service.artifact()) + 2);
        }
        await().atMost(SOON)
                .until(() -> told.entrySet().stream()
                        .allMatch(service -> metrics.exports(service.getKey().artifact()) >= service.getValue()));
    }

    private void assertExactly(int expected, Gain... gains) {
        for (Gain gain : gains) {
            gain.awaitAtLeast(expected);
        }
        awaitTold();
        assertThat(gains)
                .allSatisfy(gain -> assertThat(gain.gained()).as(gain.name).isEqualTo(expected));
    }
}
