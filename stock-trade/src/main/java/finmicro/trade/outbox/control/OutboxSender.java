package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import java.util.List;
import java.util.Map;

/** Sends the messages of one destination. */
public interface OutboxSender {

    /** The destination that this sender serves. */
    OutboxMessage.Destination destination();

    /** Number of messages that one call sends. */
    default int batchSize() {
        return 1;
    }

    /**
     * Number of waiting messages to send now: rounded down to full batches, unless fewer than one batch is waiting. The rest wait
     * for more messages to fill their batch.
     */
    static int wholeBatches(int waiting, int batchSize) {
        return waiting > batchSize ? waiting - waiting % batchSize : waiting;
    }

    /** Maximum number of messages in one call of {@link #send}. */
    default int maxMessages() {
        return 10 * batchSize();
    }

    /**
     * Sends the messages, outside any transaction, until their claim is about to expire.
     *
     * @param deadline checked before each call
     * @return the outcome of each attempted message, by message id; the others become due in the outbox again
     */
    Map<String, Outcome> send(List<OutboxMessage> messages, ClaimDeadline deadline);

    /** Called after a message was sent and the outbox has recorded it. */
    default void sent(OutboxMessage message) {}
}
