package finmicro.system;

import java.util.Collection;
import java.util.List;

/**
 * An order and its fill from the tables.
 *
 * @param status of the trade
 * @param fillPrice whole yen per share; 0 without a fill
 * @param fillQuantity 0 without a fill
 */
record StoredOrder(PlacedOrder order, String status, long fillPrice, long fillQuantity) {

    private static final String ROWS =
            "SELECT CONCAT_WS(' ', t.trade_no, t.account, t.stock_code, t.trade_type, t.order_type, FLOOR(t.order_price),"
                    + " t.order_quantity, t.trade_status, COALESCE(FLOOR(c.contract_price), 0),"
                    + " COALESCE(c.contract_quantity, 0)) FROM StockTrade.trades t"
                    + " LEFT JOIN StockTrade.contract_trades c ON c.trade_no = t.trade_no WHERE t.account IN ('%s')";

    /** Maximum slippage of a market order, in yen. */
    private static final long MAX_SLIPPAGE = 50;

    /** All orders of these accounts. */
    static List<StoredOrder> of(Trading trading, Collection<String> accounts) {
        return trading.texts(ROWS.formatted(String.join("', '", accounts))).stream()
                .map(StoredOrder::parse)
                .toList();
    }

    private static StoredOrder parse(String row) {
        String[] columns = row.split(" ");
        PlacedOrder order = new PlacedOrder(
                Long.parseLong(columns[0]),
                columns[1],
                columns[2],
                columns[3],
                columns[4],
                Long.parseLong(columns[5]),
                Long.parseLong(columns[6]));
        return new StoredOrder(order, columns[7], Long.parseLong(columns[8]), Long.parseLong(columns[9]));
    }

    private boolean isFilled() {
        return status.equals("1");
    }

    private boolean isBuy() {
        return order.side().equals("BUY");
    }

    /** Whether there is a fill if and only if the status is filled, for the full quantity, and at a valid price. */
    boolean isConsistent() {
        long slippage = order.type().equals("0") ? MAX_SLIPPAGE : 0;
        return isFilled()
                ? fillQuantity == order.quantity() && Math.abs(fillPrice - order.price()) <= slippage
                : fillQuantity == 0;
    }

    /** Yen that the fill adds to the account. */
    long cash() {
        long value = fillPrice * fillQuantity;
        return isFilled() ? (isBuy() ? -value : value) - order.charges() : 0;
    }

    /** Shares that the fill adds to the account. */
    long shares() {
        return isBuy() ? fillQuantity : -fillQuantity;
    }
}
