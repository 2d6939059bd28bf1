package finmicro.balance.statement.boundary;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.sell;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.control.Booking;
import finmicro.balance.ledger.control.TestLedger;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.statement.control.Statement;
import finmicro.common.rest.CsvFile;
import io.opentelemetry.context.Context;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads statements of accounts on a real database. */
class StatementIT {

    private static TestLedger ledger;

    @BeforeAll
    static void startDatabase() {
        ledger = new TestLedger("statement-it");
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
    void movementsAreThoseOfTheAccountNewestFirst() throws Exception {
        ledger.book(
                settlement("alice", buy(1, 10, 24_200, 24_300)),
                cash(2, "bob", 5, "Bob's"),
                settlement("alice", sell(3, 4, 8_000, 7_900)),
                cash(4, "alice", -300, "ATM"));

        assertThat(newest(new Statement.Selection("alice", null, null, null, null), 10).stream()
                        .map(Movement::of)
                        .map(StatementIT::line))
                .containsExactly(
                        "3 WITHDRAWAL null null null -300 0 0 0 -16700 null ATM",
                        "2 SETTLEMENT 3 SELL A002 7900 1000 100 -4 -16400 6 null",
                        "1 SETTLEMENT 1 BUY A002 -24300 1000 100 10 -24300 10 null");
    }

    @Test
    void pageEndsBeforeTheCursor() throws Exception {
        book(5);

        assertThat(sequences(newest(new Statement.Selection("alice", null, null, null, null), 2)))
                .containsExactly(5L, 4L);
        assertThat(sequences(newest(new Statement.Selection("alice", null, null, null, 4L), 2)))
                .containsExactly(3L, 2L);
    }

    /** All entries are booked on 2020-06-07 at 15:25 JST; one is moved to the last second of the previous day. */
    @Test
    void daysAreInJapanTimeAndInclusive() throws Exception {
        book(3);
        ledger.run("UPDATE ledger_entries SET booked_at = '2020-06-06 14:59:59.999' WHERE sequence = 2");
        LocalDate day = LocalDate.of(2020, 6, 7);

        assertThat(sequences(newest(new Statement.Selection("alice", day, day, null, null), 9)))
                .containsExactly(3L, 1L);
        assertThat(sequences(newest(new Statement.Selection("alice", null, day.minusDays(1), null, null), 9)))
                .containsExactly(2L);
        assertThat(newest(new Statement.Selection("alice", day.plusDays(1), null, null, null), 9))
                .isEmpty();
    }

    /** 1,000 entries on each of two days. */
    @Test
    void entriesOfOtherDaysAreNotRead() throws Exception {
        book(2_000);
        ledger.run("UPDATE ledger_entries SET booked_at = IF(sequence <= 1000, '2020-06-05 03:00:00',"
                + " '2020-06-06 03:00:00') + INTERVAL sequence SECOND");
        ledger.run("ANALYZE TABLE ledger_entries");
        LocalDate second = LocalDate.of(2020, 6, 6);

        assertFewRowsRead(new Statement.Selection("alice", null, second.minusDays(1), null, null), 1_000L, 999L, 998L);
        assertFewRowsRead(new Statement.Selection("alice", second, null, null, 1_003L), 1_002L, 1_001L);
    }

    private static void assertFewRowsRead(Statement.Selection selection, Long... expected) throws Exception {
        Statement statement = ledger.inject(new Statement());
        long read = ledger.inTransaction(() -> {
            long before = rowsRead();
            assertThat(sequences(statement.newest(selection, 3))).containsExactly(expected);
            return rowsRead() - before;
        });
        assertThat(read).isLessThan(20);
    }

    /** Returns the rows that the connection of this transaction has read in index order. */
    private static long rowsRead() throws SQLException {
        long rows = 0;
        try (Connection connection = ledger.connection();
                java.sql.Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery(
                        "SHOW SESSION STATUS WHERE Variable_name IN" + " ('Handler_read_next', 'Handler_read_prev')")) {
            while (status.next()) {
                rows += status.getLong(2);
            }
        }
        return rows;
    }

    @Test
    void stockCodeSelectsItsFills() throws Exception {
        ledger.book(cash(1, "alice", 5, null), settlement("alice", buy(2, 10, 24_200, 24_300)));

        assertThat(sequences(newest(new Statement.Selection("alice", null, null, "A002", null), 9)))
                .containsExactly(2L);
        assertThat(newest(new Statement.Selection("alice", null, null, "A001", null), 9))
                .isEmpty();
    }

    @Test
    void fileEscapesTextButNotNumbers() throws Exception {
        ledger.book(cash(1, "alice", -300, "=cmd|' /C calc'!A0"));

        assertThat(file())
                .isEqualTo("\uFEFFsequence,bookedAt,kind,tradeNo,tradeType,stockCode,amount,fee,tax,shares,cashAfter,"
                        + "sharesAfter,reference\r\n"
                        + "1,2020-06-07T15:25:04+09:00,WITHDRAWAL,,,,-300,0,0,0,-300,,'=cmd|' /C calc'!A0\r\n");
    }

    /** Two pages plus one movement. Movements booked while the file is written are excluded. */
    @Test
    void fileOfSeveralPagesHasEachMovementOnceAndKeepsNoConnectionOpen() throws Exception {
        int movements = 2 * CsvFile.PAGE + 1;
        book(movements);
        List<Integer> open = new ArrayList<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int before = connections();
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int one) {
                file.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                try {
                    open.add(connections() - before);
                    ledger.book(cash(1_000_000L + open.size(), "alice", 1, null));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                file.write(bytes, from, length);
            }
        };

        MovementsResource.file(transactional(), new Statement.Selection("alice", null, null, null, null))
                .write(slow);

        List<String> lines =
                file.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
        assertThat(lines).hasSize(movements);
        assertThat(lines.get(0)).startsWith(movements + ",");
        assertThat(lines.get(movements - 1)).startsWith("1,");
        assertThat(open).isNotEmpty().containsOnly(0);
    }

    private static void book(int movements) throws Exception {
        List<Booking> bookings = new ArrayList<>();
        for (int i = 1; i <= movements; i++) {
            bookings.add(cash(i, "alice", 1, null));
        }
        ledger.book(bookings.toArray(Booking[]::new));
    }

    private static Booking cash(long number, String account, long yen, String reference) {
        EntryKind kind = yen < 0 ? EntryKind.WITHDRAWAL : EntryKind.DEPOSIT;
        return new Booking("cash-" + number, account, kind, null, yen, reference, false, Context.root());
    }

    /** Returns the number of connections, including the one of this query. */
    private static int connections() throws SQLException {
        return Integer.parseInt(ledger.value("SELECT COUNT(*) FROM information_schema.processlist"));
    }

    private static List<LedgerEntry> newest(Statement.Selection selection, int limit) {
        return transactional().newest(selection, limit);
    }

    /** Reads each page in a separate transaction, like the container. */
    private static Statement transactional() {
        Statement statement = ledger.inject(new Statement());
        return new Statement() {
            @Override
            public List<LedgerEntry> newest(Selection selection, int limit) {
                try {
                    return ledger.inTransaction(() -> statement.newest(selection, limit));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static List<Long> sequences(List<LedgerEntry> entries) {
        return entries.stream().map(LedgerEntry::sequence).toList();
    }

    private static String file() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MovementsResource.file(transactional(), new Statement.Selection("alice", null, null, null, null))
                .write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String line(Movement movement) {
        return movement.sequence() + " " + movement.kind() + " " + movement.tradeNo() + " " + movement.tradeType() + " "
                + movement.stockCode()
                + " " + movement.amount() + " " + movement.fee() + " " + movement.tax() + " " + movement.shares() + " "
                + movement.cashAfter()
                + " " + movement.sharesAfter() + " " + movement.reference();
    }
}
