package finmicro.balance.feed.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.external;
import static finmicro.balance.ledger.control.TestLedger.sell;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.feed.control.FeedQueries.Page;
import finmicro.balance.feed.control.FeedQueries.PositionedEntry;
import finmicro.balance.feed.control.FeedQueries.Shares;
import finmicro.balance.feed.control.FeedQueries.Snapshot;
import finmicro.balance.ledger.control.Booking;
import finmicro.balance.ledger.control.TestLedger;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.outage.Outages;
import io.opentelemetry.context.Context;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed and the snapshot on a real database. */
class FeedIT {

    private static final String MAIN = "main";

    private static TestLedger ledger;

    @BeforeAll
    static void startDatabase() {
        ledger = new TestLedger("feed-it");
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
    void feedContainsBookingsOfOtherCallersOnly() throws Exception {
        ledger.book(settlement("alice", buy(1, 10, 24_200, 24_300)));
        ledger.book(external(buy(2, 5, 12_000, 12_100)));
        ledger.book(external(buy(2, 5, 12_000, 12_100)));
        ledger.book(settlement(MAIN, sell(3, 1, 1_000, 900)));

        // The first entry is the cash that main had before the ledger.
        assertThat(lines(after(0, 10)))
                .containsExactly("1 adjustment-main-1 10000000 null 0", "2 trade-2 -12100 A002 5");
        assertThat(lines(after(1, 10))).containsExactly("2 trade-2 -12100 A002 5");
        assertThat(after(0, 1).entries()).hasSize(1);
        assertThat(after(2, 10)).isEqualTo(new Page(List.of(), 2));
    }

    @Test
    void changeOfMainByAnOldProgramIsBookedBeforeTheNextBooking() throws Exception {
        ledger.book(external(buy(1, 10, 24_200, 24_300)));
        ledger.run("UPDATE cash_balances SET cash_value = cash_value - 700");
        ledger.run("UPDATE stock_balances SET stock_value = stock_value + 600, stock_quantity = stock_quantity + 3");

        ledger.book(settlement(MAIN, sell(2, 1, 1_000, 900)));

        assertThat(lines(after(2, 10))).containsExactly("3 adjustment-main-3 -700 A002 3");
        assertThat(ledger.value("SELECT cash_value FROM cash_balances")).isEqualTo("9975900");
        assertThat(ledger.value("SELECT CONCAT(stock_quantity, ' ', stock_value) FROM stock_balances"))
                .isEqualTo("12 " + (24_800 - 24_800 / 13));
        assertThat(ledger.value("SELECT COUNT(*) FROM ledger_holdings h JOIN stock_balances s USING (stock_code)"
                        + " WHERE h.stock_value <> s.stock_value OR h.stock_quantity <> s.stock_quantity"))
                .isEqualTo("0");
    }

    @Test
    void changeOfMainByAnOldProgramIsInTheFeedWithoutAnotherBooking() throws Exception {
        after(0, 10);
        ledger.run("UPDATE cash_balances SET cash_value = cash_value - 700");

        assertThat(lines(after(1, 10))).containsExactly("2 adjustment-main-2 -700 null 0");
        assertThat(after(2, 10)).isEqualTo(new Page(List.of(), 2));
    }

    @Test
    void eachChangeByAnOldProgramBecomesAnEntry() throws Exception {
        ledger.run("INSERT INTO stock_balances VALUES ('A001', 500, 5, '2020-06-07T11:25:04+09:00'),"
                + " ('A002', 700, 7, '2020-06-07T11:25:04+09:00'), ('A003', 0, 0, '2020-06-07T11:25:04+09:00')");

        Snapshot snapshot = snapshot(MAIN);

        assertThat(lines(after(0, 10)))
                .containsExactly(
                        "1 adjustment-main-1 10000000 null 0",
                        "2 adjustment-main-2 0 A001 5",
                        "3 adjustment-main-3 0 A002 7");
        assertThat(snapshot)
                .isEqualTo(new Snapshot(
                        10_000_000,
                        3,
                        3,
                        List.of(new Shares("A001", 5), new Shares("A002", 7), new Shares("A003", 0))));
        assertThat(snapshot(MAIN)).isEqualTo(snapshot);
    }

    @Test
    void snapshotOfAnUnknownAccountIsEmpty() throws Exception {
        ledger.book(external(buy(1, 10, 24_200, 24_300)));

        assertThat(snapshot("unknown")).isEqualTo(new Snapshot(0, 0, 2, List.of()));
    }

    @Test
    void bookedTradesAreThoseUpToTheSequenceOfTheAccount() throws Exception {
        ledger.book(external(buy(1, 10, 24_200, 24_300)), external(buy(2, 10, 24_200, 24_300)));
        ledger.book(settlement("alice", buy(3, 10, 24_200, 24_300)), external(buy(4, 10, 24_200, 24_300)));
        ledger.run("UPDATE stock_moves SET sequence = 0 WHERE trade_no = 4");

        assertThat(ledger.inTransaction(() -> ledger.feed().booked(MAIN, 2, List.of(4L, 3L, 2L, 1L, 9L))))
                .containsExactly(1L, 4L);
    }

    /** A reader that has seen a position has seen all earlier ones, regardless of concurrent commits. */
    @Test
    void positionsBecomeVisibleInOrder() throws Exception {
        after(0, 1);
        AtomicInteger writing = new AtomicInteger(4);
        List<Callable<?>> work = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int first = 1 + 1_000 * writer;
            work.add(() -> {
                for (int i = 0; i < 50; i++) {
                    bookWithRetry(of("account-" + first, first + 2 * i), of("account-" + first, first + 2 * i + 1));
                }
                return writing.decrementAndGet();
            });
        }
        List<Long> seen = new ArrayList<>();
        work.add(() -> {
            boolean last = false;
            while (!last) {
                last = writing.get() == 0;
                long position = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
                after(position, 7).entries().forEach(entry -> seen.add(entry.position()));
                last &= seen.size() >= 401;
            }
            return null;
        });

        TestLedger.concurrently(work);

        assertThat(seen).hasSize(401).isSorted().doesNotHaveDuplicates().last().isEqualTo(401L);
    }

    /** Concurrent first inserts can deadlock. The service returns 503 then, and clients retry. */
    private static void bookWithRetry(Booking... bookings) throws Exception {
        for (boolean booked = false; !booked; ) {
            try {
                ledger.book(bookings);
                booked = true;
            } catch (RuntimeException e) {
                if (!Outages.isLockConflict(e)) {
                    throw e;
                }
            }
        }
    }

    private static Booking of(String account, long tradeNo) {
        return Booking.settlement(buy(tradeNo, 1, 1_100, 1_200), account, true, Context.root());
    }

    private static Page after(long position, int limit) throws Exception {
        return ledger.inTransaction(() -> ledger.feed().after(position, limit));
    }

    private static Snapshot snapshot(String account) throws Exception {
        return ledger.inTransaction(() -> ledger.feed().snapshot(account));
    }

    private static List<String> lines(Page page) {
        return page.entries().stream().map(FeedIT::line).toList();
    }

    private static String line(PositionedEntry positioned) {
        LedgerEntry entry = positioned.entry();
        return positioned.position() + " " + entry.key() + " " + entry.customerCash() + " " + entry.stockCode() + " "
                + entry.customerShares();
    }
}
