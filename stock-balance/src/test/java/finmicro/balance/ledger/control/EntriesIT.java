package finmicro.balance.ledger.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.sell;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.balance.ledger.control.BookingResult.Status;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.common.outage.Outages;
import finmicro.common.problem.ProblemException;
import io.opentelemetry.context.Context;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Books entries of several accounts on a real database. The expected amounts are computed by hand. */
class EntriesIT {

    private static final String MAIN = "main";

    private static TestLedger ledger;

    @BeforeAll
    static void startDatabase() {
        ledger = new TestLedger("entries-it");
    }

    @AfterAll
    static void stopDatabase() {
        ledger.close();
    }

    @BeforeEach
    void emptyLedger() throws SQLException {
        ledger.empty();
    }

    @Test
    void fillHasLegsForCustomerClearingFeeAndTax() throws Exception {
        ledger.book(settlement("alice", buy(1, 10, 24_200, 24_300)), settlement("alice", sell(2, 4, 8_000, 7_900)));

        assertThat(legs("trade-1")).isEqualTo("-24300 23200 1000 100 0 10 -10");
        assertThat(legs("trade-2")).isEqualTo("7900 -9000 1000 100 0 -4 4");
        assertBalance("alice", -16_400, 6);
    }

    @Test
    void openingDepositAndWithdrawalAreAgainstTheBank() throws Exception {
        ledger.book(opening("alice", 10_000_000), cash(7, "alice", 500), cash(8, "alice", -300));

        assertThat(legs("opening-alice")).isEqualTo("10000000 0 0 0 -10000000 0 0");
        assertThat(legs("cash-8")).isEqualTo("-300 0 0 0 300 0 0");
        assertThat(ledger.value("SELECT GROUP_CONCAT(CONCAT(sequence, ' ', kind, ' ', cash_after) ORDER BY sequence)"
                        + " FROM ledger_entries WHERE account = 'alice'"))
                .isEqualTo("1 OPENING 10000000,2 DEPOSIT 10000500,3 WITHDRAWAL 10000200");
        assertThat(ledger.value("SELECT opened FROM ledger_accounts WHERE account = 'alice'"))
                .isEqualTo("1");
    }

    @Test
    void databaseRejectsAnEntryThatDoesNotSumToZero() {
        String entry = "INSERT INTO ledger_entries (account, sequence, entry_key, kind, %s, cash_after, booked_at)"
                + " VALUES ('alice', 1, 'cash-1', 'DEPOSIT', %s, 0, '2020-06-07 06:25:04')";

        assertThatThrownBy(() -> ledger.run(entry.formatted("customer_cash, bank_cash", "5, -4")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("ledger_entries_cash");
        assertThatThrownBy(() -> ledger.run(entry.formatted("customer_shares, clearing_shares", "5, -4")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("ledger_entries_shares");
    }

    @Test
    void accountIdsDifferByCase() throws Exception {
        ledger.book(cash(1, "alice", 1), cash(2, "Alice", 2));

        assertBalance("alice", 1, null);
        assertBalance("Alice", 2, null);
    }

    @Test
    void repeatedEntryChangesNothing() throws Exception {
        Booking fill = settlement("alice", buy(1, 10, 24_200, 24_300));
        ledger.book(opening("alice", 1_000), cash(7, "alice", -300), fill);

        assertThat(statuses(ledger.book(opening("alice", 1_000), cash(7, "alice", -300), fill)))
                .containsOnly(Status.REPEATED);
        assertThat(statuses(ledger.book(cash(9, "alice", 1), cash(9, "alice", 1))))
                .containsExactly(Status.BOOKED, Status.REPEATED);
        assertBalance("alice", 1_000 - 300 - 24_300 + 1, 10);
    }

    @Test
    void keyOrTradeNumberWithDifferentContentConflictsAndTheOthersAreBooked() throws Exception {
        ledger.book(opening("alice", 1_000), cash(7, "alice", -300), settlement("alice", buy(1, 10, 24_200, 24_300)));

        assertThat(statuses(ledger.book(
                        opening("alice", 1_001),
                        cash(7, "alice", 300),
                        cash(7, "bob", -300),
                        settlement("bob", buy(1, 10, 24_200, 24_300)),
                        settlement("alice", sell(1, 10, 24_200, 24_300)),
                        settlement("alice", buy(1, 11, 24_200, 24_300)),
                        settlement("alice", buy(1, 10, 24_200, 24_301)),
                        cash(8, "bob", 5))))
                .containsExactly(
                        Status.CONFLICT,
                        Status.CONFLICT,
                        Status.CONFLICT,
                        Status.CONFLICT,
                        Status.CONFLICT,
                        Status.CONFLICT,
                        Status.CONFLICT,
                        Status.BOOKED);
        assertBalance("alice", 1_000 - 300 - 24_300, 10);
        assertBalance("bob", 5, null);
    }

    /** A trade from before the ledger has a move, but no entry. */
    @Test
    void tradeThatWasSettledBeforeTheLedgerIsNotBookedAgain() throws Exception {
        ledger.book(settlement(MAIN, buy(1, 10, 24_200, 24_300)));
        ledger.run("DELETE FROM ledger_entries WHERE trade_no = 1");
        ledger.run("UPDATE stock_moves SET sequence = 0");

        assertThat(statuses(ledger.book(settlement(MAIN, buy(1, 10, 24_200, 24_300)))))
                .containsExactly(Status.REPEATED);
        assertThat(statuses(ledger.book(settlement("bob", buy(1, 10, 24_200, 24_300)))))
                .containsExactly(Status.CONFLICT);
    }

    @Test
    void batchWithAConflictSettlesNothing() throws Exception {
        ledger.book(TestLedger.external(buy(1, 10, 24_200, 24_300)));
        List<Booking> batch = List.of(
                TestLedger.external(buy(2, 10, 24_200, 24_300)), TestLedger.external(buy(1, 11, 24_200, 24_300)));

        assertThatThrownBy(() -> ledger.inTransaction(() -> ledger.task().settle(batch)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().word()).isEqualTo("settlement-conflict"));

        assertBalance(MAIN, 10_000_000 - 24_300, 10);
    }

    /** stock-trade may retry entries on another task, in another order, while the first task still books them. */
    @Test
    void entriesBookedByConcurrentTasksAreBookedOnceAndWithoutAGap() throws Exception {
        List<Booking> bookings = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String account = i % 6 == 5 ? MAIN : "account-" + i % 6;
            bookings.add(i % 2 == 0 ? cash(i + 1, account, 100) : settlement(account, buy(i + 1, 1, 1_100, 1_200)));
        }
        List<Callable<?>> tasks = new ArrayList<>();
        for (int task = 0; task < 4; task++) {
            Random random = new Random(task);
            tasks.add(() -> {
                for (int i = 0; i < 60; i++) {
                    int from = random.nextInt(bookings.size() - 10);
                    bookWithRetry(bookings.subList(from, from + 10));
                }
                bookWithRetry(bookings);
                return null;
            });
        }

        TestLedger.concurrently(tasks);

        assertBalance("account-0", 20 * 100, null);
        assertBalance("account-1", -20 * 1_200, 20);
        assertBalance(MAIN, 10_000_000 - 20 * 1_200, 20);
        assertThat(ledger.value("SELECT COUNT(*) FROM ledger_accounts a WHERE a.last_sequence <>"
                        + " (SELECT COUNT(*) FROM ledger_entries e WHERE e.account = a.account)"
                        + " OR a.last_sequence <> (SELECT MAX(sequence) FROM ledger_entries e WHERE e.account = a.account)"
                        + " OR a.cash_value <> (SELECT SUM(customer_cash) FROM ledger_entries e"
                        + " WHERE e.account = a.account)"))
                .isEqualTo("0");
    }

    /** Transactions that create the same account concurrently may deadlock. Callers retry then. */
    private static void bookWithRetry(List<Booking> bookings) throws Exception {
        boolean booked = false;
        while (!booked) {
            try {
                ledger.book(bookings.toArray(Booking[]::new));
                booked = true;
            } catch (PersistenceException e) {
                assertThat(Outages.isLockConflict(e)).as("lock conflict: %s", e).isTrue();
            }
        }
    }

    @Test
    void lockedAccountBlocksNoOther() throws Exception {
        ledger.book(cash(1, "alice", 1), cash(2, "bob", 1));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection another = ledger.connection()) {
            another.setAutoCommit(false);
            another.createStatement().executeQuery("SELECT * FROM ledger_accounts WHERE account = 'bob' FOR UPDATE");
            Future<?> bob = thread.submit(() -> ledger.book(cash(3, "bob", 1)));

            for (int i = 10; i < 20; i++) {
                ledger.book(cash(i, "alice", 1), cash(100 + i, "carol" + i, 1), cash(200 + i, MAIN, 1));
            }

            assertThat(bob.isDone()).isFalse();
            another.rollback();
            bob.get(10, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
        assertBalance("bob", 2, null);
    }

    /** With two locked accounts, the request waits for one lock only, to end before its client's timeout. */
    @Test
    void entriesOfLockedAccountsAreRetriedAndTheOthersAreBooked() throws Exception {
        ledger.book(cash(1, "alice", 1), cash(2, "bob", 1), cash(3, "carol", 1), cash(4, MAIN, 1));
        List<Booking> batch = batch("alice", "bob", "carol", "new", MAIN);

        assertLockBlocks(
                "SELECT * FROM ledger_accounts WHERE account IN ('bob', 'carol') FOR UPDATE", batch, "bob", "carol");

        assertBalance("bob", 1 + 4, null);
        assertThat(ledger.value("SELECT GROUP_CONCAT(entry_key ORDER BY sequence) FROM ledger_entries"
                        + " WHERE account = 'carol' AND sequence > 1"))
                .isEqualTo("cash-102,cash-107,cash-112,cash-117");
        assertBalance("new", 4, null);
        assertBalance(MAIN, 10_000_000 + 1 + 4, null);
    }

    @Test
    void lockedTableOfMainBlocksNoOtherAccount() throws Exception {
        ledger.book(cash(1, "alice", 1), cash(2, MAIN, 1));

        assertLockBlocks("SELECT * FROM cash_balances FOR UPDATE", batch("alice", MAIN, "bob"), MAIN);

        assertBalance(MAIN, 10_000_000 + 1 + 7, null);
    }

    @Test
    void entriesOfASingleLockedAccountAreRetried() throws Exception {
        ledger.book(cash(1, "alice", 1));

        assertLockBlocks("SELECT * FROM ledger_accounts WHERE account = 'alice' FOR UPDATE", batch("alice"), "alice");
    }

    /** Another transaction holds the lock until the request has returned. */
    private static void assertLockBlocks(String lock, List<Booking> batch, String... locked) throws Exception {
        List<Booking> blocked = batch.stream()
                .filter(booking -> List.of(locked).contains(booking.account()))
                .toList();
        List<Booking> others =
                batch.stream().filter(booking -> !blocked.contains(booking)).toList();
        try (Connection another = ledger.connection()) {
            another.setAutoCommit(false);
            another.createStatement().executeQuery(lock);
            long started = System.nanoTime();
            List<BookingResult> results = bookEach(batch);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(7));
            assertThat(results).extracting(BookingResult::booking).containsExactlyElementsOf(batch);
            assertThat(results)
                    .filteredOn(result -> result.status() == Status.LOCKED)
                    .extracting(BookingResult::booking)
                    .containsExactlyElementsOf(blocked);
            assertThat(results)
                    .filteredOn(result -> result.status() == Status.BOOKED)
                    .extracting(BookingResult::booking)
                    .containsExactlyElementsOf(others);
            another.rollback();
        }
        assertThat(statuses(bookEach(blocked))).containsOnly(Status.BOOKED);
    }

    private static List<BookingResult> bookEach(List<Booking> bookings) {
        return ledger.bookings().book(bookings).stream()
                .map(Optional::orElseThrow)
                .toList();
    }

    /** 20 deposits of one yen, cycling through the accounts. */
    private static List<Booking> batch(String... accounts) {
        return IntStream.range(0, 20)
                .mapToObj(i -> cash(100 + i, accounts[i % accounts.length], 1))
                .toList();
    }

    private static List<Status> statuses(List<BookingResult> results) {
        return results.stream().map(BookingResult::status).toList();
    }

    private static Booking opening(String account, long yen) {
        return new Booking("opening-" + account, account, EntryKind.OPENING, null, yen, null, false, Context.root());
    }

    private static Booking cash(long number, String account, long yen) {
        EntryKind kind = yen < 0 ? EntryKind.WITHDRAWAL : EntryKind.DEPOSIT;
        return new Booking("cash-" + number, account, kind, null, yen, "Transfer", false, Context.root());
    }

    private static String legs(String key) throws SQLException {
        return ledger.value("SELECT CONCAT_WS(' ', customer_cash, clearing_cash, fee_cash, tax_cash, bank_cash,"
                + " customer_shares, clearing_shares) FROM ledger_entries WHERE entry_key = '" + key + "'");
    }

    private static void assertBalance(String account, long cash, Integer shares) throws Exception {
        BalanceQueries.AccountBalance balance =
                ledger.inTransaction(() -> ledger.queries().balance(account));
        assertThat(balance.cash()).isEqualTo(cash);
        assertThat(balance.holdings().stream().map(BalanceQueries.Position::quantity))
                .containsExactlyElementsOf(shares == null ? List.of() : List.of(shares.longValue()));
    }
}
