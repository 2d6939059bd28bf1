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
     * Has the effect of all the messages, committed when this returns. A message that had its effect before is skipped: each
     * may be delivered several times, and an outage has the same batch handled again and again.
     *
     * @return those that it refuses, each with the reason: poison, which had no effect
     * @throws RuntimeException when the effects are not committed: an outage ({@link finmicro.common.problem.Outages}) has all of
     *     them handled again until it is over, anything else has them handled one by one
     */
    Map<Received<T>, String> handle(List<Received<T>> messages);
}
