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

    /** Allowed attributes of our own metrics. Each has few values. */
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
    void orderIsCountedInEachService() {
        awaitExports();
        Increase accepted = new Increase(TRADE, "orders.accepted", Map.of("trade.type", "BUY", "order.type", "market"));
        Increase filled = new Increase(TRADE, "contracts", Map.of("result", "contracted"));
        Increase settled = new Increase(TRADE, "order.settlement.duration", Map.of());
        Increase booked = new Increase(BALANCE, "settlements", Map.of("result", "settled"));
        Map<String, String> orders = Map.of("messaging.destination.name", EmbeddedQueues.ORDERS);
        Increase sent = new Increase(TRADE, "messaging.client.sent.messages", orders);
        Increase received = new Increase(MARKET, "messaging.client.consumed.messages", orders);
        Increase processed = new Increase(MARKET, "messaging.process.duration", orders);

        for (int i = 0; i < 3; i++) {
            trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        }

        assertExactly(3, accepted, filled, settled, booked, sent, received, processed);
    }

    @Test
    void refusedOrdersAreCountedByReason() {
        awaitExports();
        Increase invalid = new Increase(TRADE, "orders.refused", Map.of("reason", "invalid-input"));
        Increase reused = new Increase(TRADE, "orders.refused", Map.of("reason", "idempotency-key-reused"));
        String key = "MetricsIT-" + System.nanoTime();

        trading.post(Service.TRADE, "/trade/order", "{}");
        trading.post(Service.TRADE, "/trade/order", "not JSON");
        trading.place(key, Trading.order("BUY", "0", "100", 1));
        trading.place(key, Trading.order("SELL", "0", "100", 1));

        assertExactly(2, invalid);
        assertExactly(1, reused);
    }

    @Test
    void repeatedAndPoisonMessagesAreCounted() {
        awaitExports();
        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(tradeNo);
        Increase repeated = new Increase(TRADE, "contracts", Map.of("result", "repeated"));
        Map<String, String> orders = Map.of("messaging.destination.name", EmbeddedQueues.ORDERS);
        Increase redelivered = new Increase(MARKET, "queue.redelivered.messages", orders);
        Increase poison = new Increase(
                MARKET,
                "messaging.process.duration",
                Map.of("messaging.destination.name", EmbeddedQueues.ORDERS, "error.type", "poison"));

        trading.sendToQueue(EmbeddedQueues.CONTRACTS, Trading.fill(tradeNo));
        trading.send(EmbeddedQueues.ORDERS, "poison");

        assertExactly(1, repeated);
        redelivered.awaitAtLeast(2);
        poison.awaitAtLeast(3);
        trading.purge(EmbeddedQueues.ORDERS);
    }

    @Test
    void stateIsReported() {
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
    void failedReceiveIsCounted() {
        Increase failed = new Increase(
                TRADE,
                "messaging.client.operation.duration",
                Map.of(
                        "messaging.operation.name",
                        "receive",
                        "error.type",
                        "software.amazon.awssdk.core.exception.SdkClientException"));
        system.withoutQueues(() -> failed.awaitAtLeast(1));
    }

    /** The number of series must not grow with the number of orders, whatever other tests did before. */
    @Test
    void noMetricHasAnAttributeWithManyValues() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));

        assertThat(metrics.series())
                .filteredOn(series -> series.scope().equals("finmicro"))
                .isNotEmpty()
                .allSatisfy(series ->
                        assertThat(ATTRIBUTES).containsAll(series.attributes().keySet()))
                .allSatisfy(series -> assertThat(series.unit()).matches("s|\\{[a-z]+}"));
        // Paths, methods and statuses have few values; trade numbers would have many.
        Map<List<String>, Set<String>> values = new HashMap<>();
        for (Series series : metrics.series()) {
            series.attributes()
                    .forEach((attribute, value) -> values.computeIfAbsent(
                                    List.of(series.service(), series.name(), attribute), any -> new HashSet<>())
                            .add(value));
        }
        assertThat(values)
                .isNotEmpty()
                .allSatisfy((series, by) -> assertThat(by).as(series.toString()).hasSizeLessThan(30));
    }

    /** Number of series of the metric per task. Restarts by other tests do not count. */
    private long series(String service, String name) {
        return metrics.series().stream()
                .filter(series ->
                        series.service().equals(service) && series.name().equals(name))
                .map(Series::attributes)
                .distinct()
                .count();
    }

    /** The increase of a metric from now on. */
    private final class Increase {

        private final String service;
        private final String name;
        private final Map<String, String> attributes;
        private final double before;

        Increase(String service, String name, Map<String, String> attributes) {
            this.service = service;
            this.name = name;
            this.attributes = attributes;
            this.before = metrics.sum(service, name, attributes);
        }

        void awaitAtLeast(int expected) {
            Awaitility.await(name + attributes).atMost(SOON).until(() -> increase() >= expected);
        }

        private double increase() {
            return metrics.sum(service, name, attributes) - before;
        }
    }

    /** Waits until all services have exported twice: the first export may have started before this call. */
    private void awaitExports() {
        Map<Service, Integer> exports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            exports.put(service, metrics.exports(service.artifact()) + 2);
        }
        await().atMost(SOON)
                .until(() -> exports.entrySet().stream()
                        .allMatch(service -> metrics.exports(service.getKey().artifact()) >= service.getValue()));
    }

    private void assertExactly(int expected, Increase... gains) {
        for (Increase gain : gains) {
            gain.awaitAtLeast(expected);
        }
        awaitExports();
        assertThat(gains)
                .allSatisfy(gain -> assertThat(gain.increase()).as(gain.name).isEqualTo(expected));
    }
}
