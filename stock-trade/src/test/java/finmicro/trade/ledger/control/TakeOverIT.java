package finmicro.trade.ledger.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.trade.TradeDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Takes the account {@code main} over from the ledger. */
class TakeOverIT extends LedgerDatabase {

    private static final long CASH = 10_000_000;

    private void ledgerHas(long cash) {
        balance.ledger().external("main", null, null, cash, 0);
    }

    /** Books the fill of a trade in the ledger. */
    private void booked(long tradeNo) {
        balance.ledger().external("main", tradeNo, "A002", -AMOUNT, 10);
    }

    @Test
    void cashAndPositionsAreThoseOfTheLedgerPlusUnbookedFills() throws Exception {
        ledgerHas(CASH);
        trade(FIRST, "main", "1", "N");
        booked(FIRST);
        trade(FIRST + 1, "main", "1", "N");
        outbox(FIRST + 1, "W");
        trade(FIRST + 2, "main", "0", "N");
        trade(FIRST + 3, "main", "2", "N");
        trade(FIRST + 4, "main", "9", "N");
        // Open here, and booked by another caller.
        trade(FIRST + 5, "main", "0", "N");
        booked(FIRST + 5);
        trade(FIRST + 6, "alice", "0", "R");

        rounds(task(), 1);

        assertThat(holdings("main")).isEqualTo(holdings(CASH - 3 * AMOUNT, RESERVED, 30));
        assertThat(effects()).isEqualTo("AARAAAR");
        assertThat(TradeDatabase.journal("main"))
                .isEqualTo("1 snapshot-main %d yen; 2 snapshot-main 0 yen 20 A002; 3 trade-%d -24300 yen 10 A002"
                        .formatted(CASH - 2 * AMOUNT, FIRST + 1));
        assertThat(TradeDatabase.value("SELECT main_sequence FROM feed_cursor")).isEqualTo("3");
        assertThat(task().cursor().read()).isEqualTo(new FeedCursor.State(0, 3));
        rounds(task(), 2);
        assertThat(holdings("main")).isEqualTo(holdings(CASH - 3 * AMOUNT, RESERVED, 30));
    }

    /** The old version changed the cash without an entry in the ledger, so trade numbers cannot identify these fills. */
    @Test
    void fillsThatAnOldStockBalanceHasBookedAreNotBookedAgain() throws Exception {
        ledgerHas(CASH - 2 * AMOUNT);
        trade(FIRST, "main", "1", "N");
        old(FIRST);
        trade(FIRST + 1, "main", "1", "N");
        outbox(FIRST + 1, "S");
        trade(FIRST + 2, "main", "0", "N");
        old(FIRST + 2);
        trade(FIRST + 3, "main", "1", "N");
        old(FIRST + 3);
        outbox(FIRST + 3, "W");

        rounds(task(), 2);

        assertThat(holdings("main")).isEqualTo(holdings(CASH - 3 * AMOUNT, RESERVED, 10));
        assertThat(effects()).isEqualTo("AARA");
    }

    @Test
    void manyOldTradesAreMarkedInPagesBeforeTheTakeOver() throws Exception {
        ledgerHas(CASH);
        for (int i = 0; i < 1_203; i++) {
            trade(FIRST + i, "main", i % 2 == 0 ? "1" : "9", "N");
            old(FIRST + i);
        }

        // The first page counts as a round.
        rounds(task(), 2);

        assertThat(holdings("main")).isEqualTo(holdings(CASH, 0, 0));
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM trades WHERE account_effect <> 'A'"))
                .isEqualTo("0");
        assertThat(requests("booked")).isZero();
    }

    @Test
    void bookingAfterTheSnapshotIsAppliedFromTheFeed() throws Exception {
        ledgerHas(CASH);
        trade(FIRST, "main", "0", "N");
        rounds(task(), 1);
        booked(FIRST);

        rounds(task(), 2);

        assertThat(holdings("main")).isEqualTo(holdings(CASH - AMOUNT, 0, 10));
        assertThat(effects()).isEqualTo("A");
    }

    @Test
    void suspendedMainIsStillSuspendedAfterItWasForgottenAndTakenOverAgain() throws Exception {
        ledgerHas(CASH);
        account("main", CASH, 0);
        TradeDatabase.sql("UPDATE accounts SET status = 'SUSPENDED'");

        task().reader(false).run(RoundWorkerContext.rounds(2));
        rounds(task(), 1);

        assertThat(holdings("main")).isEqualTo(holdings(CASH, 0, 0));
        assertThat(TradeDatabase.value("SELECT status FROM accounts WHERE account = 'main'"))
                .isEqualTo("SUSPENDED");
    }

    /** The fill was applied to the deleted row, and the ledger has not booked it yet. */
    @Test
    void forgottenMainIsTakenOverAgainWithUnsentFills() throws Exception {
        ledgerHas(CASH);
        account("main", 1, 2 * RESERVED);
        account("alice", 5, RESERVED);
        trade(FIRST, "main", "1", "A");
        outbox(FIRST, "W");
        trade(FIRST + 1, "main", "1", "A");
        booked(FIRST + 1);
        outbox(FIRST + 1, "W");
        trade(FIRST + 2, "main", "1", "A");
        booked(FIRST + 2);
        outbox(FIRST + 2, "S");
        trade(FIRST + 3, "main", "0", "R");
        trade(FIRST + 4, "main", "9", "R");
        trade(FIRST + 5, "alice", "0", "R");
        // A fill of the old stock-trade, which settles it itself, after the take-over.
        trade(FIRST + 6, "main", "1", "A");

        TradeDatabase.sql("INSERT INTO account_effects VALUES ('main', 7, 'trade-1', 1, NULL, 0, 0)");

        task().reader(false).run(RoundWorkerContext.rounds(2));
        assertThat(holdings("main")).isEqualTo("no account");
        rounds(task(), 1);
        assertThat(TradeDatabase.journal("main")).startsWith("7 trade-1 1 yen; 8 snapshot-main ");
        assertThat(TradeDatabase.value("SELECT GROUP_CONCAT(item, ' ', total ORDER BY item) FROM account_checkpoints"))
                .isEqualTo("sequence 7,since 7");

        assertThat(holdings("main")).isEqualTo(holdings(CASH - 4 * AMOUNT, RESERVED, 40));
        assertThat(effects()).isEqualTo("AAARARA");
        assertThat(holdings("alice")).isEqualTo(holdings(5, RESERVED, 0));
        booked(FIRST + 6);
        rounds(task(), 2);
        assertThat(holdings("main")).isEqualTo(holdings(CASH - 4 * AMOUNT, RESERVED, 40));
    }

    /** The deposit was booked on the deleted row, and the snapshot does not include it until the ledger has booked it. */
    @Test
    void unbookedDepositDelaysTheTakeOver() throws Exception {
        ledgerHas(CASH);
        TradeDatabase.sql(
                "INSERT INTO cash_movements (movement_no, account, movement_key, kind, amount, created_at) VALUES"
                        + " (7, 'main', 'k', 'DEPOSIT', 500, 0), (8, 'alice', 'k', 'DEPOSIT', 500, 0)",
                "INSERT INTO outbox (message_id, destination, body, next_attempt_at, created_at) VALUES"
                        + " ('settle-cash-7', 'SETTLE', '{}', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)),"
                        + " ('settle-cash-8', 'SETTLE', '{}', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))");
        RoundWorkerContext context = new RoundWorkerContext(() -> requests("feed") > 5);

        task().reader(true).run(context);

        assertThat(context.failures())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).contains("not booked"));
        assertThat(holdings("main")).isEqualTo("no account");
        ledgerHas(500);
        TradeDatabase.sql("UPDATE outbox SET state = 'S' WHERE message_id = 'settle-cash-7'");
        rounds(task(), 1);
        assertThat(holdings("main")).isEqualTo(holdings(CASH + 500, 0, 0));
    }

    private long requests(String path) {
        return balance.paths().stream()
                .filter(requested -> requested.contains(path))
                .count();
    }

    @Test
    void outageOfStockBalanceDelaysTheTakeOver() throws Exception {
        ledgerHas(CASH);
        trade(FIRST, "main", "1", "N");
        AtomicInteger requests = new AtomicInteger();
        balance.answering(request ->
                requests.incrementAndGet() < 8 && request.path().contains("booked") ? 503 : LedgerStub.HANDLE);
        RoundWorkerContext context = RoundWorkerContext.rounds(1);

        task().reader(true).run(context);

        assertThat(context.failures()).isNotEmpty();
        assertThat(holdings("main")).isEqualTo(holdings(CASH - AMOUNT, 0, 10));
    }

    @Test
    void tasksThatStartTogetherTakeOverOnce() throws Exception {
        ledgerHas(CASH);
        for (int i = 0; i < 20; i++) {
            trade(FIRST + i, "main", i % 2 == 0 ? "0" : "1", "N");
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                LedgerTask task = task();
                work.add(threads.submit(() -> rounds(task, 5)));
            }
            for (Future<?> result : work) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(holdings("main")).isEqualTo(holdings(CASH - 10 * AMOUNT, 10 * RESERVED, 100));
    }

    /** The trade was open when the snapshot was read, so the ledger books the fill later, and it is applied later. */
    @Test
    void fillThatIsRecordedAndBookedAfterTheSnapshotIsNotLostAndNotAppliedTwice() throws Exception {
        ledgerHas(CASH);
        trade(FIRST, "main", "0", "N");
        AtomicBoolean filled = new AtomicBoolean();
        AtomicInteger snapshots = new AtomicInteger();
        balance.answering(request -> {
            if (request.path().contains("snapshot")) {
                snapshots.incrementAndGet();
            } else if (snapshots.get() == 1 && filled.compareAndSet(false, true)) {
                fillAndBook();
            }
            return LedgerStub.HANDLE;
        });

        rounds(task(), 3);

        assertThat(filled).isTrue();
        assertThat(holdings("main")).isEqualTo(holdings(CASH - AMOUNT, 0, 10));
        assertThat(effects()).isEqualTo("A");
    }

    private void fillAndBook() {
        try {
            fill(FIRST);
            outbox(FIRST, "S");
            balance.ledger()
                    .book(new ObjectMapper()
                            .createObjectNode()
                            .put("key", "trade-" + FIRST)
                            .put("kind", "DEPOSIT")
                            .put("amount", -AMOUNT));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyFinishedTradesAreQueriedInPages() throws Exception {
        ledgerHas(CASH);
        int trades = 1_203;
        for (int i = 0; i < trades; i++) {
            trade(FIRST + i, "main", "1", "N");
            if (i % 3 != 0) {
                booked(FIRST + i);
            }
        }

        rounds(task(), 1);

        assertThat(holdings("main")).isEqualTo(holdings(CASH - trades * AMOUNT, 0, 10 * trades));
        assertThat(balance.requests())
                .filteredOn(request -> request.path().contains("booked"))
                .allSatisfy(request -> assertThat(request.body().split(",")).hasSizeLessThanOrEqualTo(502));
    }

    /** The task crashes after its n-th query, for each n, and another task takes over main. */
    @Test
    void anotherTaskTakesMainOverAfterACrashBetweenAnyTwoStatements() throws Exception {
        ledgerHas(CASH);
        account("main", 0, 0);
        trade(FIRST, "main", "1", "N");
        booked(FIRST);
        trade(FIRST + 1, "main", "1", "N");
        trade(FIRST + 2, "main", "0", "N");
        trade(FIRST + 3, "main", "1", "A");
        outbox(FIRST + 3, "W");
        int crashes = 0;
        for (boolean crash = true; crash; crashes++) {
            TradeDatabase.sql(
                    "DELETE FROM accounts WHERE account = 'main'",
                    "UPDATE trades SET account_effect = 'N' WHERE trade_no IN (%d, %d)".formatted(FIRST, FIRST + 1));
            int last = crashes + 1;
            AtomicInteger queries = new AtomicInteger();
            AtomicBoolean crashed = new AtomicBoolean();
            TradeDatabase.UNIT.afterQuery(() -> {
                if (queries.incrementAndGet() == last) {
                    crashed.set(true);
                    throw new IllegalStateException("the task crashes");
                }
            });
            task().reader(true).run(RoundWorkerContext.rounds(1, crashed::get));
            TradeDatabase.UNIT.afterQuery(() -> {});
            crash = crashed.get();
            rounds(task(), 2);
            assertThat(holdings("main")).as("after query " + last).isEqualTo(holdings(CASH - 3 * AMOUNT, RESERVED, 30));
            assertThat(effects()).isEqualTo("AARA");
        }
        assertThat(crashes).isGreaterThan(5);
    }
}
