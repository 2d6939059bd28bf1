package finmicro.system;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An order of an account.
 *
 * @param tradeNo 0 until it is accepted
 * @param side {@code BUY} or {@code SELL}
 * @param type {@code 0} market, {@code 1} limit
 * @param price whole yen per share
 */
record PlacedOrder(
        long tradeNo, String account, String stockCode, String side, String type, long price, long quantity) {

    /** Returns a copy that is accepted with a number. */
    PlacedOrder accepted(long number) {
        return new PlacedOrder(number, account, stockCode, side, type, price, quantity);
    }

    ObjectNode body() {
        return Trading.order(side, type, Long.toString(price), quantity)
                .put("stockCode", stockCode)
                .put("account", account);
    }

    /** Fee and tax in yen, by the rules of the domain. */
    long charges() {
        long amount = price * quantity;
        long fee = amount < 250_000 ? 1_000 : amount < 500_000 ? 5_000 : 10_000;
        return fee + fee / 10;
    }
}
