package finmicro.common.messaging;

import java.time.Duration;
import java.util.List;

/** Sends messages to a queue or a topic; which of them is configuration ({@code *_MESSAGE_MODE}). */
public interface Publisher {

    /** The most messages that one call of the service takes. */
    int BATCH = 10;

    /** Publishing one batch ends within this time: the first one looks up the queue's address too. */
    Duration LONGEST_CALL = Aws.CALL.multipliedBy(2);

    /**
     * Sends the messages in batches of {@link #BATCH}.
     *
     * @return those that were not taken; all others were
     * @throws software.amazon.awssdk.core.exception.SdkException when a call failed: any of the messages may have been
     *     sent or not, and all are to be sent again
     */
    List<Undelivered> publish(List<Outgoing> messages);
}
