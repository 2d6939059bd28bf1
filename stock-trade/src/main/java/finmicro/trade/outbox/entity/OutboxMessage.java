package finmicro.trade.outbox.entity;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that is stored in the outbox, to be sent to its destination after the commit.
 *
 * @param messageId its unique key; {@code order-10012} or {@code settle-10012} for a message about a trade, otherwise
 *     {@code settle-} and the key of a ledger entry: {@code settle-opening-alice}
 * @param body JSON, at most 2000 characters
 * @param traceparent the W3C trace context of its cause, or null
 * @param acceptedAt when the order was accepted; null if unknown, or if it is not about an order
 */
public record OutboxMessage(
        String messageId, Destination destination, String body, String traceparent, Instant acceptedAt) {

    private static final Pattern TRADE = Pattern.compile("\\d{1,18}");
    /** The key of the ledger's entry for a trade: {@code Trade.bookingKey}. */
    private static final Pattern ENTRY_OF_TRADE = Pattern.compile("trade-(\\d{1,18})");

    /** The receiver of a message; each destination has its own relay. */
    public enum Destination {
        /** The market's queue or topic. */
        ORDER,
        /** stock-balance, which books the message. */
        SETTLE;

        /** Its name in message ids, spans and metrics: {@code order}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A message about a trade; unique by destination and trade number. */
    public OutboxMessage(long tradeNo, Destination destination, String body, String traceparent, Instant acceptedAt) {
        this(id(destination, tradeNo), destination, body, traceparent, acceptedAt);
    }

    /**
     * A ledger entry that is not about a trade.
     *
     * @param key the key of the entry: {@code opening-alice}, {@code cash-7}
     * @param body the entry in the format of {@code POST /balance/entries}, with its key
     */
    public static OutboxMessage entry(String key, String body, String traceparent) {
        return new OutboxMessage(idOfEntry(key), Destination.SETTLE, body, traceparent, null);
    }

    /** The id of the message for the ledger entry with this key. */
    public static String idOfEntry(String key) {
        Matcher trade = ENTRY_OF_TRADE.matcher(key);
        return Destination.SETTLE.word() + "-" + (trade.matches() ? trade.group(1) : key);
    }

    /** The id of the message about a trade for a destination. */
    public static String id(Destination destination, long tradeNo) {
        return destination.word() + "-" + tradeNo;
    }

    /** The trade number; empty if the message is not about a trade. */
    public OptionalLong tradeNo() {
        String key = messageId.substring(messageId.indexOf('-') + 1);
        return TRADE.matcher(key).matches() ? OptionalLong.of(Long.parseLong(key)) : OptionalLong.empty();
    }

    /** A copy with another trace context. */
    public OutboxMessage within(String otherTraceparent) {
        return new OutboxMessage(messageId, destination, body, otherTraceparent, acceptedAt);
    }
}
