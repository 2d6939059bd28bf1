package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import finmicro.common.trading.TradeType;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.Trade;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Effects that the sweep applies: of trades and contracts that others have recorded. */
class AccountSweepIT {

    /** What the two sample trades, 100 at 2,400 yen (limit) and 70 at 2,300 (market), can cost: 241,100 and 165,600. */
    private static final long SAMPLES = 406_700;

    private final TestTask task = new TestTask(Map.of());

    @BeforeEach
    @AfterEach
    void clean() throws SQLException {
        Orders.clean();
    }

    @Test
    void sampleTradesAreReservedOnceMainIsTakenOver() throws Exception {
        task.sweep(0);
        assertThat(effects()).isEqualTo("10001 0 N,10002 0 N");

        task.create("main", 10_000_000);
        task.sweep(0);
        task.sweep(0);

        assertThat(effects()).isEqualTo("10001 0 R,10002 0 R");
        assertThat(Orders.state("main")).isEqualTo("10000000 " + SAMPLES + " 0 0");
        task.cancel(10_002, AccountScope.of("main"));
        assertThat(Orders.state("main")).isEqualTo("10000000 241100 0 0");
    }

    @Test
    void contractsThatTheOldWatcherRecordedAreApplied() throws Exception {
        task.create("main", 10_000_000);
        TradeDatabase.sql(
                "INSERT INTO contract_trades VALUES (10001, 20200528, '09:00:03', 'A002', 'BUY', '1', 2400, 100, 1000, 100,"
                        + " 241000, 241100, '2020-05-28T09:00:03+09:00')",
                "UPDATE trades SET trade_status = '1' WHERE trade_no = 10001",
                "UPDATE trades SET trade_status = '2' WHERE trade_no = 10002");

        task.sweep(0);
        task.sweep(0);

        assertThat(effects()).isEqualTo("10001 1 A,10002 2 A");
        assertThat(Orders.state("main")).isEqualTo("9758900 0 100 0");
    }

    @Test
    void fillWhoseContractIsNotThereYetWaits() throws Exception {
        task.create("main", 10_000_000);
        TradeDatabase.sql("UPDATE trades SET trade_status = '1' WHERE trade_no = 10001");

        task.sweep(0);

        assertThat(effects()).isEqualTo("10001 1 N,10002 0 R");
    }

    @RepeatedTest(5)
    void fillIsAppliedOnceByTheTaskThatRecordsItOrASweep() throws Exception {
        TestTask other = new TestTask(Map.of());
        task.create("alice", 1_000_000);
        Trade trade = task.place(Orders.buy("alice"));

        Orders.together(List.<Callable<Object>>of(
                () -> task.record(Orders.fill(trade.tradeNo(), TradeType.BUY)),
                () -> other.record(Orders.fill(trade.tradeNo(), TradeType.BUY)),
                () -> task.sweep(0),
                () -> other.sweep(0),
                () -> other.sweep(0)));
        task.sweep(0);

        assertThat(Orders.state("alice")).isEqualTo("975700 0 10 0");
    }

    @Test
    void pagesOfASweepReachEveryTrade() throws Exception {
        task.create("main", 10_000_000);
        for (int from = 20_001; from < 20_251; from++) {
            TradeDatabase.sql(
                    "INSERT INTO trades (trade_no, order_date, order_time, stock_code, trade_type, order_type, order_price,"
                            + " order_quantity, fee, tax, estimated_value, trade_status, update_time) VALUES (" + from
                            + ", 20200607, '11:25:00', 'A002', 'BUY', '1', 100, 1, 1000, 100, 1200, '0',"
                            + " '2020-06-07T11:25:00+09:00')");
        }

        long after = 0;
        int pages = 0;
        do {
            after = task.sweep(after);
            pages++;
        } while (after != 0);

        assertThat(pages).isEqualTo(3);
        assertThat(Orders.state("main")).isEqualTo("10000000 " + (SAMPLES + 250 * 1_200) + " 0 0");
    }

    private static String effects() throws SQLException {
        return TradeDatabase.value("SELECT GROUP_CONCAT(CONCAT(trade_no, ' ', trade_status, ' ', account_effect)"
                + " ORDER BY trade_no) FROM trades");
    }
}
