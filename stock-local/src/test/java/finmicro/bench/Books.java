package finmicro.bench;

import java.sql.SQLException;

/**
 * Cash, and the amounts of the settlements that it must agree with.
 *
 * @param cash whole yen
 * @param moved sum of all stock moves of placed orders, in whole yen
 * @param filled sum of all fills of placed orders, in whole yen
 * @param unsettled fills of placed orders without a stock move of the same amount
 */
record Books(long cash, long moved, long filled, long unsettled) {

    private static final String SIGNED = "SELECT COALESCE(SUM(CASE trade_type WHEN 'BUY' THEN -settlement_amount ELSE"
            + " settlement_amount END), 0) FROM %s WHERE trade_no > " + Database.FILLED_TO;

    static Books of(Database database) throws SQLException {
        return new Books(
                database.number("SELECT cash_value FROM StockBalance.cash_balances"),
                database.number(SIGNED.formatted("StockBalance.stock_moves")),
                database.number(SIGNED.formatted("StockTrade.contract_trades")),
                database.number("SELECT COUNT(*) FROM StockTrade.contract_trades c LEFT JOIN StockBalance.stock_moves m"
                        + " ON m.trade_no = c.trade_no AND m.settlement_amount = c.settlement_amount"
                        + " WHERE m.trade_no IS NULL AND c.trade_no > " + Database.FILLED_TO));
    }

    /** Sum of the wrong yen and unsettled fills since then. 0 if all is right. */
    long wrongSince(Books then) {
        long paid = cash - then.cash;
        return Math.abs(paid - (moved - then.moved)) + Math.abs(paid - (filled - then.filled)) + unsettled;
    }
}
