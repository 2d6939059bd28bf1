package finmicro.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/**
 * An order of {@link Customers} and what its customer knows of it. It is written by its customer's thread and read by others.
 */
final class CustomerOrder {

    /** What the customer knows of the order after its last request. */
    enum Outcome {
        /** It was never sent: no connection was accepted. */
        UNREACHABLE,
        /** Answered 201. */
        ACCEPTED,
        /** Answered with an error, and no request for it went without an answer. */
        REFUSED,
        /** A request went without an answer, and no later one was answered 201. */
        UNKNOWN
    }

    final String account;
    /** In whole yen; no other order has it. */
    final long price;

    final String side;
    final String type;
    final int quantity;
    /** Whether it is sent under an {@code Idempotency-Key}. */
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

    /** The number it was answered with; 0 if it was not accepted. */
    long tradeNo() {
        return tradeNo;
    }

    boolean isMarketOrder() {
        return type.equals("0");
    }

    /** The order as its row in the table has to be: number, price, side, type, quantity, account. */
    String expectedRow() {
        return tradeNo + " " + price + " " + side + " " + type + " " + quantity + " " + account;
    }
}
