package finmicro.common.messaging;

import finmicro.common.problem.Outages;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** The calls that a poller makes to its queue. */
final class PolledQueue {

    private static final System.Logger LOG = System.getLogger(PolledQueue.class.getName());
    /** What a receive may take beyond its own waiting. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final SqsClient sqs;
    private final SqsClient receiver;
    private final Source source;
    private volatile boolean stopped;
    private boolean answered;

    /** @param receiver a client for receiving alone: closing it is what ends a receive in progress */
    PolledQueue(SqsClient sqs, SqsClient receiver, Source source) {
        this.sqs = sqs;
        this.receiver = receiver;
        this.source = source;
    }

    /**
     * Waits for messages; the first time not at all, so that a service with an idle queue is ready at once. None when
     * stopped.
     *
     * @throws SdkException when the queue does not answer
     */
    List<Message> receive() {
        try {
            List<Message> messages =
                    stopped ? List.of() : receiver.receiveMessage(request()).messages();
            answered = true;
            return messages;
        } catch (RuntimeException e) {
            if (stopped) {
                LOG.log(System.Logger.Level.DEBUG, "receive.aborted queue={0}", source.queue());
                return List.of();
            }
            throw e;
        }
    }

    private ReceiveMessageRequest request() {
        int wait = answered ? source.waitSeconds() : 0;
        Duration timeout = GRACE.plusSeconds(wait);
        return ReceiveMessageRequest.builder()
                .queueUrl(source.queue().url(sqs))
                .maxNumberOfMessages(source.maxMessages())
                .waitTimeSeconds(wait)
                .messageAttributeNames("All")
                .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                .overrideConfiguration(
                        override -> override.apiCallAttemptTimeout(timeout).apiCallTimeout(timeout))
                .build();
    }

    /** Ends the receive in progress and allows no other. */
    void stop() {
        stopped = true;
        receiver.close();
    }

    /** Removes messages whose effect is committed; one that stays comes again, and its effect is known by its key. */
    void delete(List<Message> messages) {
        for (List<Message> batch : Batches.of(messages)) {
            List<DeleteMessageBatchRequestEntry> entries = Batches.indexed(
                    batch,
                    (index, message) -> DeleteMessageBatchRequestEntry.builder()
                            .id(index)
                            .receiptHandle(message.receiptHandle())
                            .build());
            quietly(
                    "delete",
                    () -> sqs.deleteMessageBatch(
                            request -> request.queueUrl(source.queue().url(sqs)).entries(entries)));
        }
    }

    /** Makes the messages visible again at once. */
    void giveBack(Collection<Message> messages) {
        makeVisible(List.copyOf(messages), message -> 0);
    }

    /**
     * Makes poison visible again, a second later each time, so that ten receives give a cause that passes a chance, and
     * logs it once.
     */
    void reject(Message message, String reason) {
        int received = received(message);
        LOG.log(
                received == 1 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "message.rejected queue={0} messageId={1} received={2} reason={3}",
                source.queue().name(),
                message.messageId(),
                received,
                reason);
        makeVisible(List.of(message), poison -> received - 1);
    }

    private void makeVisible(List<Message> messages, ToIntFunction<Message> seconds) {
        for (List<Message> batch : Batches.of(messages)) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = Batches.indexed(
                    batch,
                    (index, message) -> ChangeMessageVisibilityBatchRequestEntry.builder()
                            .id(index)
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(seconds.applyAsInt(message))
                            .build());
            quietly(
                    "give back",
                    () -> sqs.changeMessageVisibilityBatch(
                            request -> request.queueUrl(source.queue().url(sqs)).entries(entries)));
        }
    }

    private static int received(Message message) {
        return Integer.parseInt(
                message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
    }

    /** Where the queue does not take it, the visibility time-out does the same later. */
    private void quietly(String what, Runnable call) {
        try {
            call.run();
        } catch (SdkException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "queue.{0} failed queue={1} reason={2}",
                    what,
                    source.queue(),
                    Outages.reason(e));
        }
    }
}
