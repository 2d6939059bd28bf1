package finmicro.balance.reconciliation.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.external;
import static finmicro.balance.ledger.control.TestLedger.sell;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.control.TestLedger;
import finmicro.common.outage.Outages;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks balances against entries on a real database. */
class LedgerCheckIT {

    private static TestLedger ledger;

    private final DifferenceReport report = new DifferenceReport(OpenTelemetry.noop());
    private final AccountSlices slices = new AccountSlices(check(), report);

    @BeforeAll
    static void startDatabase() {
        ledger = new TestLedger("ledger-check-it");
    }

    @AfterAll
    static void stopDatabase() {
        ledger.close();
    }

    @BeforeEach
    void emptyLedger() throws SQLException {
        ledger.empty();
    }

    /** Runs each call in a separate transaction, like the container. */
    private static LedgerCheck check() {
        return ledger.inject(new LedgerCheck() {
            @Override
            public List<String> accounts(String after, int limit) {
                return inNewTransaction(() -> super.accounts(after, limit));
            }

            @Override
            public Checked check(String account) {
                return inNewTransaction(() -> super.check(account));
            }
        });
    }

    private static <T> T inNewTransaction(Callable<T> work) {
        try {
            return ledger.inTransaction(work);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bookTrades() throws Exception {
        ledger.book(settlement("alice", buy(1, 10, 24_200, 24_300)), external(buy(2, 5, 12_000, 12_100)));
        ledger.book(settlement("alice", sell(3, 4, 9_000, 8_900)), external(sell(4, 7, 12_000, 12_100)));
    }

    @Test
    void accountsAgreeAndOnlyNewEntriesAreSummedUp() throws Exception {
        bookTrades();

        // The cash that main had before the ledger is an entry too.
        assertThat(slices.check("")).isEqualTo(new AccountSlices.Slice("", 2, 5, List.of()));
        ledger.book(settlement("alice", sell(5, 1, 1_000, 900)));
        assertThat(slices.check("")).isEqualTo(new AccountSlices.Slice("", 2, 1, List.of()));
        assertThat(slices.check("alice")).isEqualTo(new AccountSlices.Slice("", 1, 0, List.of()));
        assertThat(ledger.value("SELECT GROUP_CONCAT(item, ' ', total ORDER BY item) FROM account_checkpoints"
                        + " WHERE account = 'alice'"))
                .isEqualTo("cash -14500,sequence 3,shares A002 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE ledger_accounts SET cash_value = cash_value + 1 WHERE account = 'alice' | cash | -15400 | -15399",
                "UPDATE ledger_holdings SET stock_quantity = 9 WHERE account = 'alice' | shares A002 | 6 | 9",
                "DELETE FROM ledger_holdings WHERE account = 'alice' | shares A002 | 6 | 0",
                "UPDATE ledger_accounts SET last_sequence = 3 WHERE account = 'alice' | sequence | 2 | 3",
                "UPDATE ledger_entries SET customer_cash = 1, bank_cash = bank_cash + 8899 WHERE trade_no = 3 | cash | -24299 | -15400"
            })
    void corruptedRowIsADifferenceUntilItIsCorrected(String sql, String item, long expected, long actual)
            throws Exception {
        bookTrades();
        ledger.run(sql);

        for (int i = 0; i < 2; i++) {
            assertThat(slices.check("").differences()).containsExactly(new Difference("alice", item, expected, actual));
            assertThat(report.count()).isEqualTo(1);
        }
        assertThat(report.list()).containsExactly(new Difference("alice", item, expected, actual));
    }

    @Test
    void correctedDifferenceIsNoLongerReported() throws Exception {
        bookTrades();
        ledger.run("UPDATE ledger_accounts SET cash_value = cash_value + 1 WHERE account = 'alice'");
        slices.check("");
        ledger.run("UPDATE ledger_accounts SET cash_value = cash_value - 1 WHERE account = 'alice'");

        assertThat(slices.check("").differences()).isEmpty();
        assertThat(report.count()).isZero();
    }

    @Test
    void lostEntryIsADifference() throws Exception {
        bookTrades();
        ledger.run("DELETE FROM ledger_entries WHERE trade_no = 1");

        assertThat(slices.check("").differences())
                .containsExactly(
                        new Difference("alice", "sequence", 1L, 2L),
                        new Difference("alice", "cash", 8_900L, -15_400L),
                        new Difference("alice", "shares A002", -4L, 6L));
    }

    /** Changes by an old program are booked as adjustments, not reported. */
    @Test
    void changeOfTheOldTablesIsNotADifference() throws Exception {
        bookTrades();
        ledger.run("UPDATE cash_balances SET cash_value = cash_value - 700");
        assertThat(slices.check("").differences()).isEmpty();

        ledger.book(external(buy(6, 5, 12_000, 12_100)));

        assertThat(slices.check("").differences()).isEmpty();
    }

    @Test
    void checkNeitherWaitsForNorTakesLocksOfAccounts() throws Exception {
        bookTrades();
        try (Connection other = ledger.connection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("UPDATE ledger_accounts SET cash_value = 5, last_sequence = 7");
            lock.execute("UPDATE ledger_holdings SET stock_quantity = 5");

            assertThat(slices.check("").accounts()).isEqualTo(2);
            other.rollback();
        }
        assertThat(report.count()).isZero();
    }

    @Test
    void concurrentBookingsCauseNoFalseDifference() throws Exception {
        AtomicInteger booking = new AtomicInteger(4);
        List<Callable<?>> work = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int first = 1 + 1_000 * writer;
            work.add(() -> {
                for (int trade = first; trade < first + 100; trade++) {
                    bookWithRetry("account-" + trade % 2, trade);
                }
                return booking.decrementAndGet();
            });
        }
        for (int checker = 0; checker < 2; checker++) {
            work.add(() -> {
                do {
                    assertThat(slices.check("").differences()).isEmpty();
                } while (booking.get() > 0);
                return null;
            });
        }

        TestLedger.concurrently(work);

        assertThat(slices.check("").differences()).isEmpty();
        assertThat(ledger.value("SELECT SUM(total) FROM account_checkpoints WHERE item = 'sequence'"))
                .isEqualTo("400");
    }

    private static void bookWithRetry(String account, long tradeNo) throws Exception {
        for (boolean booked = false; !booked; ) {
            try {
                ledger.book(settlement(account, buy(tradeNo, 1, 1_100, 1_200)));
                booked = true;
            } catch (RuntimeException e) {
                if (!Outages.isLockConflict(e)) {
                    throw e;
                }
            }
        }
    }
}
