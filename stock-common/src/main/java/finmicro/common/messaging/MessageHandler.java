package finmicro.common.messaging;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Processes the messages of a queue.
 *
 * @param <T> the record type of a body
 */
public interface MessageHandler<T> {

    /**
     * Reads and validates one body.
     *
     * @throws finmicro.common.json.InvalidInput if the body is invalid: only this message is rejected as poison
     */
    T read(String body);

    /** The trade number of a message, for log and trace; empty if it has none. */
    default OptionalLong tradeNo(T message) {
        return OptionalLong.empty();
    }

    /**
     * Processes the messages, and commits before it returns. Must be idempotent: delivery is at least once, and a batch is retried
     * during an outage, so it skips messages that it has already processed.
     *
     * @return the refused messages and the reasons: they are poison and had no effect
     * @throws RuntimeException if nothing is committed. After an outage ({@link finmicro.common.outage.Outages}) the batch is
     *     retried until it succeeds; after any other failure its messages are processed one by one
     */
    Map<Received<T>, String> handle(List<Received<T>> messages);
}
