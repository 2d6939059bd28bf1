package finmicro.trade.outbox.entity;

import java.util.Locale;

/**
 * Something that was committed to be told to a destination.
 *
 * @param messageId its key: one message a destination and trade number
 * @param destination to whom
 * @param body JSON, at most 2000 characters
 * @param traceparent the W3C trace context of what caused it, or null
 */
public record OutboxMessage(String messageId, Destination destination, String body, String traceparent) {

    /** To whom a message goes; each destination is relayed on its own. */
    public enum Destination {
        /** The market's queue or topic. */
        ORDER,
        /** stock-balance. */
        SETTLE
    }

    /** The message about a trade for a destination. */
    public static OutboxMessage about(long tradeNo, Destination destination, String body, String traceparent) {
        return new OutboxMessage(id(destination, tradeNo), destination, body, traceparent);
    }

    /** The id of that message: {@code order-10012}. */
    public static String id(Destination destination, long tradeNo) {
        return destination.name().toLowerCase(Locale.ROOT) + "-" + tradeNo;
    }
}
