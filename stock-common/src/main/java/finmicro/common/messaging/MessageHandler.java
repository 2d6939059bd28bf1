package finmicro.common.messaging;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a consumer does with the messages of its queue.
 *
 * @param <T> the record of a body
 */
public interface MessageHandler<T> {

    /**
     * Reads and validates one body.
     *
     * @throws finmicro.common.json.InvalidInput when it is none of its messages: that message alone is poison
     */
    T read(String body);

    /** The trade that a message is about, for log and trace; empty where it is about none. */
    default OptionalLong tradeNo(T message) {
        return OptionalLong.empty();
    }

    /**
     * Has the effect of all the messages, committed when this returns. A message that had its effect before is passed
     * over.
     *
     * @return those that it refuses, each with the reason: poison, which had no effect
     * @throws RuntimeException when none had an effect: an outage ({@link finmicro.common.problem.Outages}) gives all
     *     of them back, anything else has them tried one by one
     */
    Map<Received<T>, String> handle(List<Received<T>> messages);

    /** @throws Exception while what {@link #handle} needs is away */
    void probe() throws Exception;
}
