package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import finmicro.common.trading.TradeType;
import finmicro.trade.LogLines;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.account.control.SkippedEffects;
import finmicro.trade.order.entity.Trade;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweep applies the effects of trades and fills that other processes have recorded. */
class AccountSweepIT {

    /** Maximum cost of the two sample trades, 100 at 2,400 yen (limit) and 70 at 2,300 (market): 241,100 and 165,600. */
    private static final long SAMPLES = 406_700;

    private static final long FIRST = 20_001;

    private final TestTask task = new TestTask(Map.of());

    @BeforeEach
    @AfterEach
    void clean() throws SQLException {
        Orders.clean();
    }

    @Test
    void sampleTradesAreReservedAfterMainIsTakenOver() throws Exception {
        task.sweep();
        assertThat(effects()).isEqualTo("10001 0 N,10002 0 N");

        task.create("main", 10_000_000);
        task.sweep();
        task.sweep();

        assertThat(effects()).isEqualTo("10001 0 R,10002 0 R");
        assertThat(Orders.state("main")).isEqualTo("10000000 " + SAMPLES + " 0 0");
        task.cancel(10_002, AccountScope.of("main"));
        assertThat(Orders.state("main")).isEqualTo("10000000 241100 0 0");
    }

    @Test
    void fillsThatTheOldWatcherRecordedAreApplied() throws Exception {
        task.create("main", 10_000_000);
        TradeDatabase.sql(
                "INSERT INTO contract_trades VALUES (10001, 20200528, '09:00:03', 'A002', 'BUY', '1', 2400, 100, 1000, 100,"
                        + " 241000, 241100, '2020-05-28T09:00:03+09:00')",
                "UPDATE trades SET trade_status = '1' WHERE trade_no = 10001",
                "UPDATE trades SET trade_status = '2' WHERE trade_no = 10002");

        task.sweep();
        task.sweep();

        assertThat(effects()).isEqualTo("10001 1 A,10002 2 A");
        assertThat(Orders.state("main")).isEqualTo("9758900 0 100 0");
    }

    @Test
    void filledTradeWithoutItsFillWaits() throws Exception {
        task.create("main", 10_000_000);
        TradeDatabase.sql("UPDATE trades SET trade_status = '1' WHERE trade_no = 10001");

        task.sweep();

        assertThat(effects()).isEqualTo("10001 1 N,10002 0 R");
    }

    @RepeatedTest(5)
    void fillIsAppliedOnceByTheTaskThatRecordsItOrASweep() throws Exception {
        TestTask other = new TestTask(Map.of());
        task.create("alice", 1_000_000);
        Trade trade = task.place(Orders.buy("alice"));

        Orders.concurrently(List.<Callable<Object>>of(
                () -> task.record(Orders.fill(trade.tradeNo(), TradeType.BUY)),
                () -> other.record(Orders.fill(trade.tradeNo(), TradeType.BUY)),
                () -> swept(task),
                () -> swept(other),
                () -> swept(other)));
        task.sweep();

        assertThat(Orders.state("alice")).isEqualTo("975700 0 10 0");
    }

    @Test
    void sweepCoversAllPages() throws Exception {
        task.create("main", 10_000_000);
        oldOrders(250);

        task.sweep();

        assertThat(Orders.state("main")).isEqualTo("10000000 " + (SAMPLES + 250 * 1_200) + " 0 0");
    }

    /** The fill exceeds the maximum number of shares of the column. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100})
    void inapplicableOutcomeIsReportedOnceAndDoesNotBlockOthers(int bad) throws Exception {
        task.create("main", 10_000_000);
        oldOrders(100);
        TradeDatabase.sql(
                "UPDATE trades SET account_effect = 'A' WHERE trade_no < " + FIRST,
                "INSERT INTO positions (account, stock_code, quantity) VALUES ('main', 'A001', " + Long.MAX_VALUE + ")",
                "UPDATE trades SET trade_status = '1', stock_code = 'A001' WHERE trade_no = " + (FIRST - 1 + bad),
                "INSERT INTO contract_trades VALUES (" + (FIRST - 1 + bad)
                        + ", 20200528, '09:00:03', 'A001', 'BUY', '1', 100, 1,"
                        + " 1000, 100, 1100, 1200, '2020-05-28T09:00:03+09:00')");
        try (LogLines log = new LogLines(SkippedEffects.class)) {
            task.sweep();
            task.sweep();

            assertThat(log.warnings()).containsExactly("account.effect-skipped tradeNo=" + (FIRST - 1 + bad));
        }

        assertThat(TradeDatabase.value("SELECT reserved_cash FROM accounts WHERE account = 'main'"))
                .isEqualTo(String.valueOf(99 * 1_200));
        assertThat(TradeDatabase.value("SELECT cash FROM accounts WHERE account = 'main'"))
                .isEqualTo("10000000");
        assertThat(TradeDatabase.value("SELECT GROUP_CONCAT(trade_no) FROM trades WHERE account_effect = 'N'"))
                .isEqualTo(String.valueOf(FIRST - 1 + bad));
    }

    private static boolean swept(TestTask task) {
        task.sweep();
        return true;
    }

    /** Inserts orders of main that the old stock-trade accepted; each costs 1,200 yen. */
    private static void oldOrders(int number) throws SQLException {
        for (int i = 0; i < number; i++) {
            TradeDatabase.sql(
                    "INSERT INTO trades (trade_no, order_date, order_time, stock_code, trade_type, order_type, order_price,"
                            + " order_quantity, fee, tax, estimated_value, trade_status, update_time) VALUES ("
                            + (FIRST + i)
                            + ", 20200607, '11:25:00', 'A002', 'BUY', '1', 100, 1, 1000, 100, 1200, '0',"
                            + " '2020-06-07T11:25:00+09:00')");
        }
    }

    private static String effects() throws SQLException {
        return TradeDatabase.value("SELECT GROUP_CONCAT(CONCAT(trade_no, ' ', trade_status, ' ', account_effect)"
                + " ORDER BY trade_no) FROM trades");
    }
}
