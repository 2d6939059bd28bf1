package finmicro.trade.ledger.entity;

import com.fasterxml.jackson.annotation.JsonRawValue;
import finmicro.trade.outbox.entity.OutboxMessage;
import java.util.List;

/**
 * Contracts for stock-balance to settle together.
 *
 * @param contracts 1 to {@link #MOST}
 */
public record SettlementBatch(List<Entry> contracts) {

    /** How many stock-balance takes at once. */
    public static final int MOST = 100;

    /**
     * One of them.
     *
     * @param contract its JSON, as it was committed to the outbox
     * @param traceparent the trace that its settlement belongs to, or null
     */
    public record Entry(@JsonRawValue String contract, String traceparent) {}

    /** What these messages say. */
    public static SettlementBatch of(List<OutboxMessage> messages) {
        return new SettlementBatch(messages.stream()
                .map(message -> new Entry(message.body(), message.traceparent()))
                .toList());
    }
}
