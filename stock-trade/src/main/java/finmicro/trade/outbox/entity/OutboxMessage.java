package finmicro.trade.outbox.entity;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that was committed to be told to a destination.
 *
 * @param tradeNo the trade that it is about
 * @param destination to whom
 * @param body JSON, at most 2000 characters; empty where the trade number says it all
 * @param traceparent the W3C trace context of what caused it, or null
 * @param acceptedAt when the order was accepted; null where that is not known
 */
public record OutboxMessage(
        long tradeNo, Destination destination, String body, String traceparent, Instant acceptedAt) {

    /** To whom a message goes; each destination is relayed on its own. */
    public enum Destination {
        /** The market's queue or topic. */
        ORDER,
        /** stock-balance, to settle. */
        SETTLE,
        /** stock-balance, to release what it holds. */
        RELEASE;

        /** Its name in message ids, spans and metrics: {@code order}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its key, one message a destination and trade number: {@code order-10012}. */
    public String messageId() {
        return id(destination, tradeNo);
    }

    /** The id of the message about that trade for a destination. */
    public static String id(Destination destination, long tradeNo) {
        return destination.word() + "-" + tradeNo;
    }

    /** The trade number in such an id. */
    public static long tradeNo(String messageId) {
        return Long.parseLong(messageId.substring(messageId.indexOf('-') + 1));
    }

    /** The same within another trace context. */
    public OutboxMessage within(String other) {
        return new OutboxMessage(tradeNo, destination, body, other, acceptedAt);
    }
}
