package finmicro.system;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An order of an account.
 *
 * @param tradeNo 0 until it is accepted
 * @param side {@code BUY} or {@code SELL}
 * @param type {@code 0} market, {@code 1} limit
 * @param price whole yen a share
 */
record PlacedOrder(
        long tradeNo, String account, String stockCode, String side, String type, long price, long quantity) {

    /** The same, accepted under that number. */
    PlacedOrder accepted(long number) {
        return new PlacedOrder(number, account, stockCode, side, type, price, quantity);
    }

    ObjectNode body() {
        return Trading.order(side, type, Long.toString(price), quantity)
                .put("stockCode", stockCode)
                .put("account", account);
    }

    /** Fee and tax in yen, as the rules of the domain have them. */
    long charges() {
        long amount = price * quantity;
        long fee = amount < 250_000 ? 1_000 : amount < 500_000 ? 5_000 : 10_000;
        return fee + fee / 10;
    }
}
