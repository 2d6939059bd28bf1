package finmicro.system;

import finmicro.system.CustomerOrder.Outcome;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the customers' orders with the tables.
 *
 * @param lost accepted, but not stored or not completed
 * @param duplicated prices of more than one trade, although each order has a unique price
 * @param altered rows that differ from the accepted order in number, price, side, type, quantity or account
 * @param refusedAndStored refused with 503, but stored: the request timed out before the database responded
 * @param failedMarketOrders accepted market orders that were not filled; the market fills each of them
 * @param limitOrders accepted limit orders
 * @param failedLimitOrders those of them that were not filled
 */
record OrderAudit(
        Set<Long> lost,
        List<String> duplicated,
        List<String> altered,
        long refusedAndStored,
        List<Long> failedMarketOrders,
        long limitOrders,
        long failedLimitOrders) {

    private static final String ROWS =
            "SELECT CONCAT_WS(' ', trade_no, FLOOR(order_price), trade_type, order_type, order_quantity, account)"
                    + " FROM StockTrade.trades WHERE order_price > " + Customers.LOWEST_PRICE;

    static OrderAudit of(Collection<CustomerOrder> orders, Trading trading) {
        Set<String> rows = new HashSet<>(trading.texts(ROWS));
        Set<Long> stored = rows.stream().map(row -> number(row, 0)).collect(Collectors.toSet());
        Map<Long, Long> trades =
                rows.stream().collect(Collectors.groupingBy(row -> number(row, 1), Collectors.counting()));
        Set<Long> failed = trading.texts("SELECT trade_no FROM StockTrade.trades WHERE trade_status = '2'").stream()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        List<CustomerOrder> accepted = orders.stream()
                .filter(order -> order.outcome() == Outcome.ACCEPTED)
                .toList();
        List<CustomerOrder> limits =
                accepted.stream().filter(order -> !order.isMarketOrder()).toList();
        return new OrderAudit(
                lost(accepted, stored, trading),
                orders.stream()
                        .filter(order -> trades.getOrDefault(order.price, 0L) > 1)
                        .map(order -> order.price + (order.keyed ? " with a key" : " without a key"))
                        .toList(),
                accepted.stream()
                        .filter(order -> stored.contains(order.tradeNo()) && !rows.contains(order.expectedRow()))
                        .map(CustomerOrder::expectedRow)
                        .toList(),
                orders.stream()
                        .filter(order -> order.outcome() == Outcome.REFUSED && trades.containsKey(order.price))
                        .count(),
                accepted.stream()
                        .filter(order -> order.isMarketOrder() && failed.contains(order.tradeNo()))
                        .map(CustomerOrder::tradeNo)
                        .toList(),
                limits.size(),
                limits.stream()
                        .filter(order -> failed.contains(order.tradeNo()))
                        .count());
    }

    private static Set<Long> lost(List<CustomerOrder> accepted, Set<Long> stored, Trading trading) {
        Set<Long> lost = accepted.stream().map(CustomerOrder::tradeNo).collect(Collectors.toSet());
        Set<Long> done = new HashSet<>(stored);
        trading.notDone().stream().map(Long::valueOf).forEach(done::remove);
        lost.removeAll(done);
        return lost;
    }

    private static long number(String row, int field) {
        return Long.parseLong(row.split(" ")[field]);
    }

    /** Deviation of the share of unfilled limit orders from one half, in standard deviations. */
    double limitOrderDeviation() {
        return Math.abs(failedLimitOrders - limitOrders / 2.0) / (Math.sqrt(limitOrders) / 2);
    }
}
