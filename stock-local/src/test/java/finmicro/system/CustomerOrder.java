package finmicro.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** An order of {@link Customers} and its outcome as known to the customer. Written by the customer's thread, read by others. */
final class CustomerOrder {

    /** The outcome as known to the customer after the last request. */
    enum Outcome {
        /** Never sent: no connection was accepted. */
        UNREACHABLE,
        /** Answered 201. */
        ACCEPTED,
        /** All requests got an error response. */
        REFUSED,
        /** A request got no response, and no later one got a 201. */
        UNKNOWN
    }

    final String account;
    /** In whole yen. Unique to this order. */
    final long price;

    final String side;
    final String type;
    final int quantity;
    /** Whether it is sent with an {@code Idempotency-Key}. */
    final boolean keyed;

    private volatile Outcome outcome = Outcome.UNREACHABLE;
    private volatile long tradeNo;

    CustomerOrder(String account, long price, Random random) {
        this.account = account;
        this.price = price;
        side = random.nextBoolean() ? "BUY" : "SELL";
        type = random.nextBoolean() ? "0" : "1";
        quantity = 1 + random.nextInt(9);
        keyed = random.nextBoolean();
    }

    ObjectNode body() {
        return Trading.order(side, type, Long.toString(price), quantity).put("account", account);
    }

    void accepted(long number) {
        tradeNo = number;
        outcome = Outcome.ACCEPTED;
    }

    void refused() {
        if (outcome == Outcome.UNREACHABLE) {
            outcome = Outcome.REFUSED;
        }
    }

    void unanswered() {
        outcome = Outcome.UNKNOWN;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Number of the accepted order, otherwise 0. */
    long tradeNo() {
        return tradeNo;
    }

    boolean isMarketOrder() {
        return type.equals("0");
    }

    /** Expected row in the table: number, price, side, type, quantity, account. */
    String expectedRow() {
        return tradeNo + " " + price + " " + side + " " + type + " " + quantity + " " + account;
    }
}
