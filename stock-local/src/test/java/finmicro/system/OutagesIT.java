package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("long")
class OutagesIT {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    /** The maximum backoff between two attempts of a message, plus a margin. */
    private static final Duration SETTLED = Duration.ofSeconds(90);
    /** Maximum wait time of a receive call of the services. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final TradingSystem system;
    private final Trading trading;

    OutagesIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    @Tag("old-defect-20")
    void databaseThatIsAwayIsA503AndEverythingGoesOnWhenItIsBack() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));

        system.stack().database().kill();
        long began = System.nanoTime();
        try {
            assertUnavailable(trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1)));
            assertUnavailable(trading.get(Service.TRADE, "/trade/order/10001"));
            assertUnavailable(trading.get(Service.BALANCE, "/balance"));
            assertUnavailable(trading.get(Service.ITEMS, "/stock/attributes"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            for (Service service : Service.values()) {
                assertThat(trading.get(service, "/health/ready").status()).isEqualTo(200);
            }
        } finally {
            system.stack().database().restart();
        }

        trading.awaitAccepted(RECOVERY);
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    @Test
    @Tag("old-defect-22")
    void counterThatIsAwayIsA503WithinThreeSecondsAndNothingIsStored() {
        long pid = system.stack().counters().pid();
        Freezer.freeze(pid);
        try {
            Trading.Answer answer;
            long rows;
            long began;
            int attempts = 0;
            do { // until the numbers fetched before are used up
                rows = trading.rows();
                began = System.nanoTime();
                answer = trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1));
            } while (answer.status() == 201 && attempts++ <= 50);

            assertUnavailable(answer);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            assertThat(trading.rows()).isEqualTo(rows);
        } finally {
            Freezer.thaw(pid);
        }
        trading.awaitAccepted(RECOVERY);
    }

    @Test
    @Tag("old-defect-15")
    void contractIsSettledWhenStockBalanceIsBack() {
        LibertyServer balance = system.server(Service.BALANCE);
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        long tradeNo;
        try {
            tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
            balance.stop();
        } finally {
            Freezer.thaw(market);
        }
        await().until(() -> trading.get(Service.TRADE, "/trade/order/" + tradeNo)
                .body()
                .path("tradeStatus")
                .asText()
                .equals("1"));
        assertThat(trading.moves(tradeNo)).isZero();
        long meanwhile = trading.place(Trading.order("BUY", "0", "100", 1));

        balance.startAgain(Map.of());
        balance.awaitReady(START);

        await().atMost(RECOVERY).until(() -> trading.moves(tradeNo) == 1 && trading.moves(meanwhile) == 1);
        assertThat(trading.number("StockTrade", "SELECT COUNT(*) FROM outbox WHERE state = 'P'"))
                .isZero();
    }

    /** Buying power is checked during the outage, and its fills are booked afterwards. */
    @Test
    @Tag("chaos")
    void noOrderIsRefusedDuringAnOutageOfStockBalance() {
        LibertyServer balance = system.server(Service.BALANCE);
        Customers customers = new Customers(system, List.of(system.server(Service.TRADE)), List.of("main"), 1);
        Instant end = Instant.now().plus(Effort.ofThisBuild().outage());
        try (customers) {
            balance.kill();
            await().atMost(Effort.ofThisBuild().outage().multipliedBy(2))
                    .until(() -> Instant.now().isAfter(end));
        }
        balance.startAgain(Map.of());
        balance.awaitReady(START);

        assertThat(customers.unexpected()).isEmpty();
        assertThat(customers.failedRequests()).as("refused").isZero();
        assertThat(customers.accepted()).isGreaterThan(50);
        await().atMost(SETTLED).until(() -> trading.notDone().isEmpty());
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    @Test
    @Tag("old-defect-21")
    void queueServerThatIsAwayIsADelay() {
        system.queueGate().cut();
        long tradeNo;
        try {
            tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
            assertUnavailable(trading.post(Service.MARKET, "/market/prices", ""));
            // Waits until the interrupted receive calls have ended at the queue server, because it would hand them the
            // message.
            await().during(POLL.plusSeconds(1)).atMost(POLL.plusSeconds(10)).until(() -> trading.moves(tradeNo) == 0);
        } finally {
            system.queueGate().open();
        }

        await().atMost(RECOVERY).until(() -> trading.moves(tradeNo) == 1);
    }

    @Test
    @Tag("old-defect-16")
    void settlementInWhoseMiddleStockTradeWasKilledIsFinishedOnce() {
        LibertyServer trade = system.server(Service.TRADE);
        long tradeNo;
        try (Trading.Lock stocks = trading.lock("StockBalance", "SELECT * FROM stock_balances FOR UPDATE")) {
            tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
            trading.awaitStatements("SELECT stock_code%FOR UPDATE", 1);
            trade.kill();
            stocks.release();
        }
        trade.startAgain(Map.of());
        trade.awaitReady(START);

        // Expires the claim at once.
        trading.change("StockTrade", "UPDATE outbox SET next_attempt_at = UTC_TIMESTAMP(3) WHERE state = 'W'");
        await().atMost(RECOVERY)
                .until(() -> trading.number(
                                "StockTrade",
                                "SELECT COUNT(*) FROM outbox WHERE state = 'S' AND message_id = 'settle-" + tradeNo
                                        + "'")
                        == 1);
        assertThat(trading.moves(tradeNo)).isEqualTo(1);
        assertThat(trading.audit()).matches(Trading.Audit::isExact);
    }

    /** stock-trade needs the codes once to become ready. It stays ready during a later outage of stock-items. */
    @Test
    void duringAnOutageOfStockItemsOnlyKnownCodesAreAccepted() {
        LibertyServer trade = system.server(Service.TRADE);
        system.itemsGate().cut();
        try {
            assertThat(trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)))
                            .path("tradeStatus")
                            .asText())
                    .isEqualTo("1");
            assertUnavailable(trading.post(
                    Service.TRADE,
                    "/trade/order",
                    Trading.order("BUY", "0", "100", 1).put("stockCode", "Z999")));

            assertThat(trade.isReady()).isTrue();

            trade.kill();
            trade.startAgain(Map.of());
            await().atMost(START).until(() -> trading.waitsFor(trade).equals(Set.of("stock-codes")));
            assertUnavailable(trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1)));
            assertThat(trade.isReady()).isFalse();
        } finally {
            system.itemsGate().open();
        }

        trade.awaitReady(RECOVERY);
        trading.awaitAccepted(RECOVERY);
    }

    private static void assertUnavailable(Trading.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.header("retry-after")).isNotBlank();
    }
}
