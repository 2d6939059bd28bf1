package finmicro.common.messaging;

import java.time.Duration;
import java.util.List;

/** Sends messages to a queue or a topic; which of them is configuration ({@code *_MESSAGE_MODE}). */
public interface Publisher {

    /** Maximum messages in one call of SQS or SNS. */
    int BATCH = 10;

    /** Maximum time to publish one batch, including the queue URL lookup of the first one. */
    Duration MAX_CALL_TIME = Aws.CALL.multipliedBy(2);

    /**
     * Sends the messages in batches of {@link #BATCH}.
     *
     * @return the rejected messages; all others were accepted
     * @throws software.amazon.awssdk.core.exception.SdkException if a call failed: some messages may have been sent, and all
     *     must be sent again
     */
    List<Undelivered> publish(List<Outgoing> messages);
}
