package finmicro.trade.ledger.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.trade.LogLines;
import finmicro.trade.TradeDatabase;
import finmicro.trade.account.control.SkippedEffects;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applies external bookings of stock-balance. */
class FeedReaderIT extends LedgerDatabase {

    private static final String UNKNOWN = null;

    @BeforeEach
    void mainIsTakenOver() throws SQLException {
        account("main", 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // status and effect of the trade here; cash, reserved cash and shares afterwards, and its effect
                "none, none, -700, 0, 7, none",
                "0, N, -700, 0, 7, A",
                "0, R, -700, 0, 7, A",
                "2, N, -700, 0, 7, A",
                "2, A, -700, 0, 7, A",
                "9, R, -700, 0, 7, A",
                "1, N, -24300, 0, 10, A",
                "1, R, -24300, 0, 10, A",
                "1, A, 0, 0, 0, A"
            })
    void settlementIsAppliedAccordingToTheStatusOfItsTrade(
            String status, String effect, long cash, long reserved, long shares, String effectAfter) throws Exception {
        account("alice", 0, "R".equals(effect) ? RESERVED : 0);
        if (status != UNKNOWN) {
            trade(FIRST, "alice", status, effect);
        }
        balance.ledger().external("alice", FIRST, "A002", -700, 7);

        rounds(task(), 2);

        assertThat(holdings("alice")).isEqualTo(holdings(cash, reserved, shares));
        assertThat(TradeDatabase.journal("alice"))
                .isEqualTo(cash == 0 ? "" : "1 trade-%d %d yen %d A002".formatted(FIRST, cash, shares));
        assertThat(effects()).isEqualTo(effectAfter);
        assertThat(task().cursor().read().position()).isEqualTo(1);
    }

    @Test
    void settlementOnAnotherAccountThanItsTradesDoesNotAffectTheTrade() throws Exception {
        account("alice", 0, 0);
        account("bob", 0, RESERVED);
        trade(FIRST, "bob", "0", "R");
        balance.ledger().external("alice", FIRST, "A002", -700, 7);

        rounds(task(), 2);

        assertThat(holdings("alice")).isEqualTo(holdings(-700, 0, 7));
        assertThat(holdings("bob")).isEqualTo(holdings(0, RESERVED, 0));
    }

    @Test
    void adjustmentIsAppliedToCashAndShares() throws Exception {
        balance.ledger().external("main", null, null, 500, 0);
        balance.ledger().external("main", null, "A002", 0, -3);

        rounds(task(), 2);

        assertThat(holdings("main")).isEqualTo(holdings(500, 0, -3));
    }

    @Test
    void bookingsOfMainThatWereInItsSnapshotAreSkippedAndThoseOfOthersAreNot() throws Exception {
        account("alice", 0, 0);
        balance.ledger().external("main", null, null, 1, 0);
        balance.ledger().external("alice", null, null, 20, 0);
        balance.ledger().external("main", null, null, 300, 0);
        TradeDatabase.sql("UPDATE feed_cursor SET main_position = 2");

        rounds(task(), 2);

        assertThat(holdings("main")).isEqualTo(holdings(300, 0, 0));
        assertThat(holdings("alice")).isEqualTo(holdings(20, 0, 0));
    }

    @Test
    void unknownAccountIsOpenedAndItsOpeningSentToTheLedger() throws Exception {
        balance.ledger().external("carol", FIRST, "A002", -700, 7);

        rounds(task(), 2);

        assertThat(holdings("carol")).isEqualTo(holdings(9_999_300, 0, 7));
        assertThat(TradeDatabase.journal("carol"))
                .isEqualTo("1 opening-carol 10000000 yen; 2 trade-%d -700 yen 7 A002".formatted(FIRST));
        assertThat(TradeDatabase.value("SELECT GROUP_CONCAT(message_id, body) FROM outbox"))
                .isEqualTo("settle-opening-carol{\"key\":\"opening-carol\",\"account\":\"carol\",\"kind\":\"OPENING\","
                        + "\"amount\":10000000}");
    }

    @Test
    void unknownAccountIsSuspendedIfOperatorsOpenAccounts() throws Exception {
        balance.ledger().external("carol", FIRST, "A002", -700, 7);
        try (LogLines log = new LogLines(FeedAccounts.class)) {
            rounds(new LedgerTask(balance, Map.of("ACCOUNT_OPENING", "manual")), 2);

            assertThat(log.warnings()).singleElement().asString().startsWith("account.unknown");
        }
        assertThat(holdings("carol")).isEqualTo(holdings(-700, 0, 7));
        assertThat(TradeDatabase.value("SELECT status FROM accounts WHERE account = 'carol' AND opened_at IS NULL"))
                .isEqualTo("SUSPENDED");
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM outbox")).isEqualTo("0");
    }

    @Test
    void moreThanAPageIsReadWithoutAPause() throws Exception {
        account("alice", 0, 0);
        for (int i = 0; i < 1_100; i++) {
            balance.ledger().external("alice", null, null, 1, 0);
        }

        rounds(task(), 3);

        assertThat(holdings("alice")).isEqualTo(holdings(1_100, 0, 0));
    }

    /** The first task moves the cursor, so the page of the second is stale. */
    @Test
    void pageThatTwoTasksHaveReadIsAppliedOnce() throws Exception {
        account("alice", 0, 0);
        balance.ledger().external("alice", null, null, 1, 0);
        FeedCursor.State from = task().cursor().read();
        var entries = balance.gateway().feed(0).entries();

        assertThat(task().bookings().applyUnlocked(from, entries)).isEqualTo(1);
        assertThat(task().bookings().applyUnlocked(from, entries)).isZero();
        assertThat(task().bookings().applyFirst(from, entries)).isZero();

        assertThat(holdings("alice")).isEqualTo(holdings(1, 0, 0));
    }

    @Test
    void tasksThatReadConcurrentlyApplyEachBookingOnce() throws Exception {
        int bookings = 400;
        for (int i = 0; i < 5; i++) {
            account("a" + i, 0, 0);
        }
        AtomicInteger booked = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> work = new ArrayList<>();
            work.add(threads.submit(() -> {
                for (int i = 0; i < bookings; i++) {
                    balance.ledger().external("a" + i % 5, FIRST + i, "A002", -1, 1);
                    booked.incrementAndGet();
                }
            }));
            for (int i = 0; i < 3; i++) {
                LedgerTask task = task();
                work.add(threads.submit(() -> task.reader(true)
                        .run(new RoundWorkerContext(() -> booked.get() == bookings && position(task) == bookings))));
            }
            for (Future<?> result : work) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(holdings("a" + i)).isEqualTo(holdings(-80, 0, 80));
        }
    }

    private static long position(LedgerTask task) {
        return task.cursor().read().position();
    }

    @Test
    void lockedAccountDelaysTheBookingsAfterItAndLocksNoOtherAccount() throws Exception {
        account("alice", 0, 0);
        account("bob", 0, 0);
        balance.ledger().external("bob", null, null, 5, 0);
        balance.ledger().external("alice", null, null, 7, 0);
        balance.ledger().external("bob", null, null, 9, 0);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> holder = threads.submit(() -> TradeDatabase.UNIT.inTransaction(() -> {
                TradeDatabase.UNIT
                        .entityManager()
                        .createNativeQuery("SELECT 1 FROM accounts WHERE account = 'alice' FOR UPDATE")
                        .getResultList();
                locked.countDown();
                release.await();
                return null;
            }));
            locked.await();
            LedgerTask task = task();
            Future<?> reader =
                    threads.submit(() -> task.reader(true).run(new RoundWorkerContext(() -> position(task) == 3)));

            await().untilAsserted(() -> assertThat(holdings("bob")).isEqualTo(holdings(5, 0, 0)));
            // While the reader waits for alice, bob is free.
            assertThat(TradeDatabase.sql("UPDATE accounts SET changed_at = changed_at + 1 WHERE account = 'bob'"))
                    .isEqualTo(1);
            assertThat(holdings("alice")).isEqualTo(holdings(0, 0, 0));
            release.countDown();
            holder.get();
            reader.get();
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
        assertThat(holdings("alice")).isEqualTo(holdings(7, 0, 0));
        assertThat(holdings("bob")).isEqualTo(holdings(14, 0, 0));
    }

    /** The task crashes after its n-th query, for each n, and another task continues. */
    @Test
    void taskThatCrashesBetweenAnyTwoStatementsAppliesNoPartialEffect() throws Exception {
        account("alice", 0, RESERVED);
        trade(FIRST, "alice", "0", "R");
        long bookings = 0;
        for (int crashAt = 1; ; crashAt++) {
            balance.ledger().external("alice", bookings == 0 ? FIRST : null, "A002", -700, 7);
            balance.ledger().external("dave" + crashAt, null, null, 5, 0);
            bookings++;
            int last = crashAt;
            AtomicInteger queries = new AtomicInteger();
            LedgerTask crashing = task();
            FeedCursor.State from = crashing.cursor().read();
            var entries = balance.gateway().feed(from.position()).entries();
            TradeDatabase.UNIT.afterQuery(() -> {
                if (queries.incrementAndGet() == last) {
                    throw new IllegalStateException("the task crashes");
                }
            });
            boolean crashed = false;
            try {
                crashing.bookings().applyUnlocked(from, entries);
            } catch (RuntimeException e) {
                crashed = true;
            }
            TradeDatabase.UNIT.afterQuery(() -> {});
            rounds(task(), 2);
            assertThat(holdings("alice")).isEqualTo(holdings(-700 * bookings, 0, 7 * bookings));
            assertThat(holdings("dave" + crashAt)).isEqualTo(holdings(10_000_005, 0, 0));
            if (!crashed) {
                break;
            }
        }
        assertThat(bookings).isGreaterThan(3);
        assertThat(effects()).isEqualTo("A");
    }

    @Test
    void bookingIsAppliedAfterAnOutageOfStockBalance() throws Exception {
        account("alice", 0, 0);
        balance.ledger().external("alice", null, null, 7, 0);
        AtomicInteger outage = new AtomicInteger(3);
        balance.answering(request -> outage.decrementAndGet() >= 0 ? 503 : LedgerStub.HANDLE);
        RoundWorkerContext context = RoundWorkerContext.rounds(1);

        task().reader(true).run(context);

        assertThat(context.failures())
                .hasSize(3)
                .allSatisfy(reason -> assertThat(reason).contains("503"));
        assertThat(holdings("alice")).isEqualTo(holdings(7, 0, 0));
    }

    /** One booking would overflow the column of the shares. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9})
    void bookingThatCannotBeAppliedIsLoggedAndBlocksNoOther(int bad) throws Exception {
        account("alice", 0, 0);
        account("bob", 0, 0);
        TradeDatabase.sql(
                "INSERT INTO positions (account, stock_code, quantity) VALUES ('bob', 'A001', " + Long.MAX_VALUE + ")");
        for (int i = 0; i < 10; i++) {
            balance.ledger().external(i % 2 == 0 ? "alice" : "bob", null, "A002", 1, 0);
            if (i == bad) {
                balance.ledger().external("bob", null, "A001", 0, 1);
            }
        }
        RoundWorkerContext context = new RoundWorkerContext(() -> position(task()) == 11);
        try (LogLines log = new LogLines(SkippedEffects.class)) {
            task().reader(true).run(context);

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("account.effect-skipped booking=FeedEntry[position=" + (bad + 2) + ", ")
                    .contains("account=bob", "stockCode=A001", "cash=0", "shares=1");
        }

        assertThat(context.failures()).isEmpty();
        assertThat(holdings("alice")).isEqualTo(holdings(5, 0, 0));
        assertThat(TradeDatabase.value("SELECT cash FROM accounts WHERE account = 'bob'"))
                .isEqualTo("5");
    }

    @Test
    void bookingOfMainIsNotAppliedOnceMainIsForgotten() throws Exception {
        balance.ledger().external("main", null, null, 1, 0);
        FeedCursor.State from = task().cursor().read();
        var entries = balance.gateway().feed(0).entries();
        task().reader(false).run(RoundWorkerContext.rounds(1));

        assertThat(task().bookings().applyUnlocked(from, entries)).isZero();
        assertThat(task().bookings().applyFirst(from, entries)).isZero();

        assertThat(holdings("main")).isEqualTo("no account");
    }
}
