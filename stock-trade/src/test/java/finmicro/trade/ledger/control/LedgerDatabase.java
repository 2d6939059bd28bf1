package finmicro.trade.ledger.control;

import finmicro.common.time.JapanTime;
import finmicro.trade.TradeDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real database without accounts, trades in a separate range of numbers, and a server in place of stock-balance. */
abstract class LedgerDatabase {

    static final long FIRST = 700_001;

    /** The settlement amount of each trade of {@link #trade}. */
    static final long AMOUNT = 24_300;

    static final long RESERVED = 24_300;

    LedgerStub balance;

    @BeforeEach
    void start() throws IOException, SQLException {
        balance = new LedgerStub();
        clean();
        // Excludes the two sample trades.
        TradeDatabase.sql("UPDATE trades SET account_effect = 'A' WHERE trade_no < " + FIRST);
    }

    @AfterEach
    void stop() throws SQLException {
        TradeDatabase.UNIT.afterQuery(() -> {});
        balance.close();
        clean();
        TradeDatabase.sql("UPDATE trades SET account_effect = 'N' WHERE trade_no < " + FIRST);
    }

    private static void clean() throws SQLException {
        TradeDatabase.sql(
                "DELETE FROM outbox",
                "DELETE FROM cash_movements",
                "DELETE FROM positions",
                "DELETE FROM accounts",
                "DELETE FROM account_effects",
                "DELETE FROM account_checkpoints",
                "DELETE FROM reconciliation_cursors",
                "DELETE FROM reconciliation_differences",
                "DELETE FROM contract_trades WHERE trade_no >= " + FIRST,
                "DELETE FROM trades WHERE trade_no >= " + FIRST,
                "UPDATE feed_cursor SET position = 0, main_position = 0, main_status = 'ACTIVE'");
    }

    LedgerTask task() {
        return new LedgerTask(balance, Map.of());
    }

    /** Runs a task for this number of successful rounds. */
    void rounds(LedgerTask task, int rounds) {
        task.reader(true).run(RoundWorkerContext.rounds(rounds));
    }

    /** Stores an account with this cash. */
    static void account(String account, long cash, long reserved) throws SQLException {
        TradeDatabase.sql(
                "INSERT INTO accounts (account, status, cash, reserved_cash, opened_at, changed_at) VALUES ('%s', 'ACTIVE', %d, %d, 0, 0)"
                        .formatted(account, cash, reserved));
    }

    /** Stores a trade that buys 10 shares of A002 at 2320 yen, with its fill if it is filled. */
    static void trade(long tradeNo, String account, String status, String effect) throws SQLException {
        TradeDatabase.sql(
                ("INSERT INTO trades (trade_no, account, order_date, order_time, stock_code, trade_type, order_type,"
                                + " order_price, order_quantity, fee, tax, estimated_value, trade_status, update_time,"
                                + " reserved_cash, account_effect) VALUES (%d, '%s', 20200607, '11:25:00', 'A002', 'BUY', '1', 2320,"
                                + " 10, 1000, 100, 24300, '%s', '%s', %s, '%s')")
                        .formatted(
                                tradeNo,
                                account,
                                status,
                                JapanTime.text(JapanTime.now(Clock.systemUTC())),
                                effect.equals("R") ? "24300" : "NULL",
                                effect));
        if (status.equals("1")) {
            fill(tradeNo);
        }
    }

    /** Makes a trade so old that every ledger has booked it. */
    static void old(long tradeNo) throws SQLException {
        TradeDatabase.sql("UPDATE trades SET update_time = '2020-06-07T11:25:00+09:00' WHERE trade_no = " + tradeNo);
    }

    /** Records the fill of a trade, without its effect. */
    static void fill(long tradeNo) throws SQLException {
        TradeDatabase.sql(
                "UPDATE trades SET trade_status = '1' WHERE trade_no = " + tradeNo,
                "INSERT INTO contract_trades SELECT trade_no, 20200607, '11:25:03', stock_code, trade_type, order_type, 2320, 10,"
                        + " fee, tax, 24200, 24300, update_time FROM trades WHERE trade_no = " + tradeNo);
    }

    /** Stores the settlement message of a fill. */
    static void outbox(long tradeNo, String state) throws SQLException {
        TradeDatabase.sql(
                ("INSERT INTO outbox (message_id, destination, body, state, next_attempt_at, created_at, sent_at) VALUES"
                                + " ('settle-%d', 'SETTLE', '{}', '%s', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), %s)")
                        .formatted(tradeNo, state, state.equals("S") ? "UTC_TIMESTAMP(3)" : "NULL"));
    }

    /** Cash, reserved cash and shares of A002: {@code 100 yen, 0 reserved, 10 shares}. */
    static String holdings(String account) throws SQLException {
        return TradeDatabase.value(
                ("SELECT COALESCE(MAX(CONCAT(cash, ' yen, ', reserved_cash, ' reserved, ', COALESCE(quantity, 0),"
                                + " ' shares')), 'no account') FROM accounts LEFT JOIN positions USING (account)"
                                + " WHERE account = '%s'")
                        .formatted(account));
    }

    static String holdings(long cash, long reserved, long shares) {
        return "%d yen, %d reserved, %d shares".formatted(cash, reserved, shares);
    }

    static String effects() throws SQLException {
        return TradeDatabase.value(
                "SELECT GROUP_CONCAT(account_effect ORDER BY trade_no SEPARATOR '') FROM trades WHERE trade_no >= "
                        + FIRST);
    }
}
