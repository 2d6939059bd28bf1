package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import finmicro.system.FaultInjector.Fault;
import finmicro.system.FaultInjector.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a service at each durable step of an order, a cancel, a new account with a deposit, and an external booking: just before
 * its request reaches the database or queue, and just after the request was executed but before the response arrives.
 */
@ExtendWith(SharedSystem.class)
@Tag("chaos")
@Tag("long")
class CommitFaultsIT {

    /** A step that is durable once the database or queue has executed it, and the work it is part of. */
    enum Step {
        ORDER_STORED(InterruptedWork.Order::new, Service.TRADE, "insert into trades"),
        ORDER_SENT(InterruptedWork.Order::new, Service.TRADE, "amazonsqs.sendmessage", EmbeddedQueues.ORDERS),
        ORDER_MARKED_SENT(InterruptedWork.Order::new, Service.TRADE, "update outbox set state = 's'", "'order-"),
        FILL_SENT(InterruptedWork.Order::new, Service.MARKET, "amazonsqs.sendmessage", EmbeddedQueues.CONTRACTS),
        ORDER_DELETED(InterruptedWork.Order::new, Service.MARKET, "amazonsqs.deletemessage", EmbeddedQueues.ORDERS),
        FILL_STORED(InterruptedWork.Order::new, Service.TRADE, "insert into contract_trades"),
        FILL_DELETED(InterruptedWork.Order::new, Service.TRADE, "amazonsqs.deletemessage", EmbeddedQueues.CONTRACTS),
        SETTLED(InterruptedWork.Order::new, Service.BALANCE, "insert into stock_moves"),
        SETTLEMENT_MARKED_SENT(InterruptedWork.Order::new, Service.TRADE, "update outbox set state = 's'", "'settle-"),
        PRICE_STORED(InterruptedWork.Order::new, Service.ITEMS, "insert into time_prices"),
        PRICE_DELETED(InterruptedWork.Order::new, Service.ITEMS, "amazonsqs.deletemessage", EmbeddedQueues.PRICES),
        RESERVED_BY_SWEEP(InterruptedWork.Cancel::new, Service.TRADE, "update trades set", "account_effect = 'r'"),
        CANCELLED(InterruptedWork.Cancel::new, Service.TRADE, "update trades set", "trade_status = '9'"),
        ACCOUNT_OPENED(InterruptedWork.NewAccount::new, Service.TRADE, "insert into accounts", "'faults-"),
        OPENING_BOOKED(InterruptedWork.NewAccount::new, Service.BALANCE, "insert into ledger_entries", "'opening-"),
        OPENING_MARKED_SENT(
                InterruptedWork.NewAccount::new, Service.TRADE, "update outbox set state = 's'", "'settle-opening-"),
        BOOKED_EXTERNALLY(InterruptedWork.NewAccount::new, Service.BALANCE, "insert into ledger_feed"),
        FEED_APPLIED(InterruptedWork.NewAccount::new, Service.TRADE, "update feed_cursor set position");

        private final Function<Trading, InterruptedWork> work;
        private final Service service;
        private final String[] texts;

        Step(Function<Trading, InterruptedWork> work, Service service, String... texts) {
            this.work = work;
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
    private static final Duration FAULT = Duration.ofSeconds(60);

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
                : Stream.of(Arguments.of(Step.SETTLED, Moment.AFTER), Arguments.of(Step.FEED_APPLIED, Moment.AFTER));
    }

    @AfterEach
    void disarm() {
        system.faults().disarm();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void killAtAStepLosesNothingAndRepeatsNothing(Step step, Moment moment) throws Exception {
        assumeFalse(
                step.isOfDatabase() && "mysql".equals(System.getProperty("local.database")),
                "the connection to MySQL uses TLS, so its commits cannot be seen");
        EmbeddedQueues.QUEUES.forEach(trading::purgeDeadLetters);
        Fault fault = system.faults()
                .arm(moment, step.request(), () -> system.server(step.service).kill());
        InterruptedWork work = step.work.apply(trading);

        JsonNode prices = publishPrices();
        await("fault").atMost(FAULT).until(() -> {
            work.request();
            return fault.happened(1);
        });
        system.server(step.service).startAgain(Map.of());
        system.server(step.service).awaitReady(START);
        expireClaims();

        await().atMost(InterruptedWork.REDELIVERED).until(work::request);
        work.assertDoneOnce();
        await().atMost(InterruptedWork.REDELIVERED).until(() -> queued() == 0);
        assertStored(prices);
        assertThat(trading.audit()).matches(Trading.Audit::isExact);
        EmbeddedQueues.QUEUES.forEach(queue ->
                assertThat(trading.queued(queue + "-dlq")).as(queue + "-dlq").isZero());
    }

    /** Expires the claims of the killed task at once. */
    private void expireClaims() {
        trading.change("StockTrade", "UPDATE outbox SET next_attempt_at = UTC_TIMESTAMP(3) WHERE state = 'W'");
    }

    /** Returns the published prices. stock-market may be killed meanwhile. */
    private JsonNode publishPrices() {
        return trading.post(Service.MARKET, "/market/prices", "").body().path("prices");
    }

    /** Checks that every published price is stored. */
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
