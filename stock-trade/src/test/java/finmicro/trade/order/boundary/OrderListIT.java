package finmicro.trade.order.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import finmicro.common.rest.CsvFile;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.embedded.Injection;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.control.OrderQueries;
import finmicro.trade.order.control.OrderQueries.Filter;
import finmicro.trade.order.control.OrderQueries.Selection;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of orders on a real database. */
class OrderListIT {

    private static final AccountScope ALICE = AccountScope.of("alice-lists");
    private static final AccountScope BOB = AccountScope.of("bob-lists");

    private final OrderQueries orders = Injection.into(new OrderQueries(), TradeDatabase.UNIT.entityManager());

    @BeforeEach
    @AfterEach
    void emptyLists() throws SQLException {
        TradeDatabase.sql("DELETE FROM trades WHERE account LIKE '%-lists'");
    }

    static Stream<Arguments> filters() {
        LocalDate second = day(2);
        return Stream.of(
                Arguments.of(Filter.NONE, List.of(4L, 3L, 2L, 1L)),
                Arguments.of(new Filter(null, null, TradeType.BUY, null, null, null), List.of(4L, 1L)),
                Arguments.of(new Filter(null, null, null, OrderType.MARKET, null, null), List.of(3L, 1L)),
                Arguments.of(new Filter(null, null, TradeType.SELL, OrderType.MARKET, null, null), List.of(3L)),
                Arguments.of(new Filter(null, null, null, null, second, null), List.of(4L, 3L, 2L)),
                Arguments.of(new Filter(null, null, null, null, null, second), List.of(3L, 2L, 1L)),
                Arguments.of(new Filter(null, null, null, null, second, second), List.of(3L, 2L)),
                Arguments.of(
                        new Filter(TradeStatus.NOT_FILLED, "A001", TradeType.SELL, OrderType.LIMIT, second, second),
                        List.of(2L)),
                Arguments.of(
                        new Filter(TradeStatus.CANCELLED, "A001", TradeType.SELL, OrderType.LIMIT, second, second),
                        List.of()));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filtersCombine(Filter filter, List<Long> expected) throws Exception {
        insert("(1, 'alice-lists', 20200601, 'A002', 'BUY', '0', '1')");
        insert("(2, 'alice-lists', 20200602, 'A001', 'SELL', '1', '2')");
        insert("(3, 'alice-lists', 20200602, 'A002', 'SELL', '0', '9')");
        insert("(4, 'alice-lists', 20200603, 'A002', 'BUY', '1', '1')");
        insert("(5, 'bob-lists', 20200602, 'A002', 'BUY', '1', '1')");

        assertThat(numbers(ALICE, filter, null, 10)).isEqualTo(expected);
        if (!expected.isEmpty()) {
            assertThat(numbers(ALICE, filter, expected.get(0), 10)).isEqualTo(expected.subList(1, expected.size()));
        }
    }

    /** Clients set the dates of their orders, so the dates need not follow the trade numbers. */
    @Test
    void ordersAreSortedByDateBeforeNumber() throws Exception {
        insert("(1, 'alice-lists', 20200603, 'A002', 'BUY', '0', '1')");
        insert("(2, 'alice-lists', 20200601, 'A002', 'BUY', '0', '1')");
        insert("(3, 'alice-lists', 20200602, 'A002', 'BUY', '0', '1')");
        insert("(4, 'alice-lists', 20200602, 'A002', 'BUY', '0', '1')");
        Filter days = new Filter(null, null, null, null, day(1), day(3));

        assertThat(numbers(ALICE, days, null, 2)).containsExactly(1L, 4L);
        assertThat(numbers(ALICE, days, 4L, 2)).containsExactly(3L, 2L);
        assertThat(numbers(ALICE, days, 2L, 2)).isEmpty();
    }

    /** Otherwise the pages would reveal on which day the other account placed its order. */
    @Test
    void cursorOfAnotherAccountDoesNotRevealItsDate() throws Exception {
        insert("(1, 'alice-lists', 20200603, 'A002', 'BUY', '0', '1')");
        insert("(2, 'bob-lists', 20200602, 'A002', 'BUY', '0', '1')");
        insert("(3, 'bob-lists', 20200609, 'A002', 'BUY', '0', '1')");
        Filter days = new Filter(null, null, null, null, day(1), day(9));

        assertThat(numbers(ALICE, days, 2L, 9))
                .isEqualTo(numbers(ALICE, days, 3L, 9))
                .isEqualTo(numbers(ALICE, days, 8L, 9))
                .containsExactly(1L);
        assertThat(numbers(BOB, days, 3L, 9)).containsExactly(2L);
    }

    static Stream<Arguments> selective() {
        return Stream.of(
                Arguments.of(ALICE, new Filter(null, null, TradeType.BUY, null, null, null)),
                Arguments.of(ALICE, new Filter(null, null, null, OrderType.MARKET, null, null)),
                Arguments.of(ALICE, new Filter(null, null, null, null, null, day(1))),
                Arguments.of(ALICE, new Filter(null, null, TradeType.BUY, null, day(1), day(1))),
                Arguments.of(ALICE, new Filter(null, "A001", null, null, day(1), day(1))),
                Arguments.of(AccountScope.ALL, new Filter(null, null, null, null, day(1), day(1))),
                Arguments.of(AccountScope.ALL, new Filter(null, null, null, OrderType.MARKET, day(1), day(1))));
    }

    /** The 1,000 older orders match, and the 2,000 newer ones do not. */
    @ParameterizedTest
    @MethodSource("selective")
    void ordersThatDoNotMatchAreNotRead(AccountScope scope, Filter filter) throws Exception {
        insertMany(1, 1_000, "'alice-lists', 20200601, 'A001', 'BUY', '0', '1'");
        insertMany(1_001, 2_000, "'alice-lists', 20200602, 'A002', 'SELL', '1', '2'");

        assertFewRowsRead(scope, filter, null, 1_000L, 999L, 998L);
        assertFewRowsRead(scope, filter, 500L, 499L, 498L, 497L);
    }

    private void assertFewRowsRead(AccountScope scope, Filter filter, Long cursor, Long... expected) throws Exception {
        long read = TradeDatabase.UNIT.inTransaction(() -> {
            long before = rowsRead();
            assertThat(orders.newest(new Selection(scope, filter, cursor), 3))
                    .extracting(Trade::tradeNo)
                    .containsExactly(expected);
            return rowsRead() - before;
        });
        assertThat(read).isLessThan(20);
    }

    /** Number of rows that this transaction's connection has read in index order or by scanning. */
    private static long rowsRead() throws SQLException {
        long rows = 0;
        try (Connection connection = TradeDatabase.DATA_SOURCE.getConnection();
                Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery("SHOW SESSION STATUS WHERE Variable_name IN"
                        + " ('Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_rnd_next')")) {
            while (status.next()) {
                rows += status.getLong(2);
            }
        }
        return rows;
    }

    @Test
    void fileHasTheColumnsOfTheJson() throws Exception {
        insert("(1, 'alice-lists', 20200601, 'A002', 'BUY', '1', '9')");

        assertThat(file(new Filter(null, null, TradeType.BUY, null, null, null)))
                .isEqualTo(
                        "\uFEFFtradeNo,orderDate,orderTime,stockCode,tradeType,orderType,orderPrice,orderQuantity,fee,tax,"
                                + "estimatedValue,tradeStatus,updateTime,account\r\n"
                                + "1,20200601,09:00:00,A002,BUY,1,2400.5,10,1000,100,25105,9,2020-06-01T09:00:00+09:00,"
                                + "alice-lists\r\n");
    }

    @Test
    void fileOfSeveralPagesHasEachOrderOnce() throws Exception {
        int rows = 2 * CsvFile.PAGE + 1;
        insertMany(1, rows, "'alice-lists', 20200601 + n % 3, 'A002', 'BUY', '1', '9'");

        for (Filter filter : List.of(Filter.NONE, new Filter(null, null, null, null, day(1), null))) {
            List<String> lines = file(filter).lines().skip(1).toList();
            assertThat(lines).hasSize(rows).doesNotHaveDuplicates();
        }
    }

    private String file(Filter filter) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrderQueries inTransactions = new OrderQueries() {
            @Override
            public List<Trade> newest(Selection selection, int limit) {
                try {
                    return TradeDatabase.UNIT.inTransaction(() -> orders.newest(selection, limit));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        OrderListResource.file(inTransactions, new Selection(ALICE, filter, null))
                .write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<Long> numbers(AccountScope scope, Filter filter, Long before, int limit) throws Exception {
        List<Trade> trades = new ArrayList<>(
                TradeDatabase.UNIT.inTransaction(() -> orders.newest(new Selection(scope, filter, before), limit)));
        return trades.stream().map(Trade::tradeNo).toList();
    }

    private static LocalDate day(int ofJune) {
        return LocalDate.of(2020, 6, ofJune);
    }

    private static void insert(String row) throws SQLException {
        TradeDatabase.sql(columns() + " VALUES " + row.replaceFirst("\\)$", rest() + ")"));
    }

    /** @param values of the columns after the number, with {@code n} for the number */
    private static void insertMany(int first, int count, String values) throws SQLException {
        // MySQL limits a recursion to 1,000 rows.
        for (int from = first; from < first + count; from += 500) {
            TradeDatabase.sql(columns() + " WITH RECURSIVE numbers(n) AS (SELECT " + from
                    + " UNION ALL SELECT n + 1 FROM"
                    + " numbers WHERE n + 1 < " + Math.min(from + 500, first + count) + ") SELECT n, " + values + rest()
                    + " FROM numbers");
        }
    }

    private static String columns() {
        return "INSERT INTO trades (trade_no, account, order_date, stock_code, trade_type, order_type, trade_status,"
                + " order_time, order_price, order_quantity, fee, tax, estimated_value, update_time)";
    }

    private static String rest() {
        return ", '09:00:00', 2400.5, 10, 1000, 100, 25105, '2020-06-01T09:00:00+09:00'";
    }
}
