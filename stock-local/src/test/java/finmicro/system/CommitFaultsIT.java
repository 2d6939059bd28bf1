package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import finmicro.system.FaultInjector.Fault;
import finmicro.system.FaultInjector.Moment;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a service at each durable step of an order: just before its request reaches database or queue, and just after it was
 * executed and before its answer arrives.
 */
@ExtendWith(SharedSystem.class)
@Tag("chaos")
class CommitFaultsIT {

    /** A step of an order or of a price that is durable once the server has executed it. */
    enum Step {
        ORDER_STORED(Service.TRADE, "insert into trades"),
        ORDER_SENT(Service.TRADE, "amazonsqs.sendmessage", EmbeddedQueues.ORDERS),
        ORDER_MARKED_SENT(Service.TRADE, "update outbox set state = 's'", "'order-"),
        CONTRACT_SENT(Service.MARKET, "amazonsqs.sendmessage", EmbeddedQueues.CONTRACTS),
        ORDER_DELETED(Service.MARKET, "amazonsqs.deletemessage", EmbeddedQueues.ORDERS),
        CONTRACT_STORED(Service.TRADE, "insert into contract_trades"),
        CONTRACT_DELETED(Service.TRADE, "amazonsqs.deletemessage", EmbeddedQueues.CONTRACTS),
        SETTLED(Service.BALANCE, "insert into stock_moves"),
        SETTLEMENT_MARKED_SENT(Service.TRADE, "update outbox set state = 's'", "'settle-"),
        PRICE_STORED(Service.ITEMS, "insert into time_prices"),
        PRICE_DELETED(Service.ITEMS, "amazonsqs.deletemessage", EmbeddedQueues.PRICES);

        private final Service service;
        private final String[] texts;

        Step(Service service, String... texts) {
            this.service = service;
            this.texts = texts;
        }

        private Predicate<String> request() {
            return request -> {
                String lower = request.toLowerCase(Locale.ROOT);
                return Arrays.stream(texts).allMatch(lower::contains);
            };
        }

        private boolean isOfDatabase() {
            return !texts[0].startsWith("amazonsqs");
        }
    }

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration REDELIVERED = Duration.ofSeconds(90);
    private static final AtomicLong PRICES = new AtomicLong(2_500_000);

    private final TradingSystem system;
    private final Trading trading;

    CommitFaultsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    static Stream<Arguments> faults() {
        return Effort.ofThisBuild() == Effort.LONG
                ? Arrays.stream(Step.values())
                        .flatMap(step -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(step, moment)))
                : Stream.of(Arguments.of(Step.ORDER_STORED, Moment.AFTER), Arguments.of(Step.SETTLED, Moment.AFTER));
    }

    @AfterEach
    void disarm() {
        system.faults().disarm();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void serviceThatIsKilledAtAStepLosesNothingAndRepeatsNothing(Step step, Moment moment) throws Exception {
        assumeFalse(
                step.isOfDatabase() && "mysql".equals(System.getProperty("local.database")),
                "MySQL speaks TLS here, so its commits cannot be seen");
        EmbeddedQueues.QUEUES.forEach(trading::purgeDead);
        Fault fault = system.faults()
                .arm(moment, step.request(), () -> system.server(step.service).kill());
        String key = UUID.randomUUID().toString();
        long price = PRICES.incrementAndGet();
        ObjectNode order = Trading.order("BUY", "0", Long.toString(price), 1);

        JsonNode prices = publishPrices();
        placed(key, order);
        assertThat(fault.happened(60)).as("fault").isTrue();
        system.server(step.service).startAgain(Map.of());
        system.server(step.service).awaitReady(START);
        comeDueNow();

        await().atMost(REDELIVERED).until(() -> placed(key, order));
        assertThat(trading.texts("SELECT trade_no FROM trades WHERE order_price = " + price))
                .hasSize(1)
                .first()
                .satisfies(tradeNo -> assertSettledOnce(Long.parseLong(tradeNo)));
        assertStored(prices);
        assertThat(trading.audit()).matches(Trading.Audit::isExact);
        EmbeddedQueues.QUEUES.forEach(queue ->
                assertThat(trading.queued(queue + "-dlq")).as(queue + "-dlq").isZero());
    }

    /** What waiting for the claims of the killed task would do. */
    private void comeDueNow() {
        trading.change("StockTrade", "UPDATE outbox SET next_attempt_at = UTC_TIMESTAMP(3) WHERE state = 'W'");
    }

    /** The prices that were published; stock-market may be killed while it does. */
    private JsonNode publishPrices() {
        return trading.post(Service.MARKET, "/market/prices", "").body().path("prices");
    }

    private boolean placed(String key, ObjectNode order) {
        try {
            return trading.place(key, order).status() == 201;
        } catch (UncheckedIOException e) {
            return false; // what became of the order is not known
        }
    }

    private void assertSettledOnce(long tradeNo) {
        await("trade " + tradeNo).atMost(REDELIVERED).until(() -> trading.moves(tradeNo) == 1 && queued() == 0);
        assertThat(trading.awaitDone(tradeNo).path("tradeStatus").asText()).isEqualTo("1");
        await().untilAsserted(() -> assertThat(
                        trading.texts("SELECT state FROM outbox WHERE message_id IN ('order-%1$d', 'settle-%1$d')"
                                .formatted(tradeNo)))
                .containsExactly("S", "S"));
    }

    /** Every published price is stored: no message of it is left. */
    private void assertStored(JsonNode prices) {
        for (JsonNode stock : prices) {
            JsonNode day = stock.path("datePrice").path(0);
            assertThat(trading.number(
                            "StockItems",
                            "SELECT COUNT(*) FROM time_prices WHERE stock_code = '%s' AND date = %d AND time = '%s'"
                                    .formatted(
                                            stock.path("stockCode").asText(),
                                            day.path("date").asInt(),
                                            day.path("timePrice")
                                                    .path(0)
                                                    .path("time")
                                                    .asText())))
                    .isEqualTo(1);
        }
    }

    private int queued() {
        return EmbeddedQueues.QUEUES.stream().mapToInt(trading::queued).sum();
    }
}
