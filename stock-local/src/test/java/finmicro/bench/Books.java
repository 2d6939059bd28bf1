package finmicro.bench;

import java.sql.SQLException;

/**
 * Cash, and what the settlements say that it should have come to.
 *
 * @param cash whole yen
 * @param moved whole yen that all moves and, apart from them, all contracts of placed orders came to
 * @param unsettled contracts of placed orders without a move of the same amount
 */
record Books(long cash, long moved, long contracted, long unsettled) {

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

    /** How many yen, and contracts, are wrong since then: 0. */
    long wrongSince(Books then) {
        long paid = cash - then.cash;
        return Math.abs(paid - (moved - then.moved)) + Math.abs(paid - (contracted - then.contracted)) + unsettled;
    }
}
