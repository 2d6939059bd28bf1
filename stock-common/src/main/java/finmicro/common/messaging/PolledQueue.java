package finmicro.common.messaging;

import finmicro.common.telemetry.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** Receives the messages of a queue. */
final class PolledQueue {

    private static final System.Logger LOG = Log.of(PolledQueue.class);
    /** Maximum time of a receive beyond its wait time. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final SqsClient sqs;
    private final SqsClient receiver;
    private final Source source;
    private final ReceiveTelemetry telemetry;
    private volatile boolean stopped;
    private boolean received;

    /** @param receiver a client used only to receive, because closing it is the way to abort a receive */
    PolledQueue(SqsClient sqs, SqsClient receiver, Source source, ReceiveTelemetry telemetry) {
        this.sqs = sqs;
        this.receiver = receiver;
        this.source = source;
        this.telemetry = telemetry;
    }

    /**
     * Waits for messages. The first call does not wait, so that a service with an empty queue is ready immediately. Empty once
     * stopped.
     *
     * @throws SdkException if the call fails
     */
    List<InboundMessage> receive() {
        Instant start = Instant.now();
        long began = System.nanoTime();
        try {
            List<Message> messages =
                    stopped ? List.of() : receiver.receiveMessage(request()).messages();
            received = true;
            if (!messages.isEmpty()) {
                telemetry.called("receive", began, null);
            }
            return messages.stream()
                    .map(message -> new InboundMessage(telemetry, message, start))
                    .toList();
        } catch (RuntimeException e) {
            if (stopped) {
                LOG.log(System.Logger.Level.DEBUG, "receive.aborted queue={0}", source.queue());
                return List.of();
            }
            telemetry.called("receive", began, e.getClass().getName());
            throw e;
        }
    }

    private ReceiveMessageRequest request() {
        int wait = received ? source.waitSeconds() : 0;
        Duration timeout = GRACE.plusSeconds(wait);
        return ReceiveMessageRequest.builder()
                .queueUrl(source.queue().url(sqs))
                .maxNumberOfMessages(source.maxMessages())
                .waitTimeSeconds(wait)
                .messageAttributeNames("All")
                .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.AWS_TRACE_HEADER)
                .overrideConfiguration(
                        override -> override.apiCallAttemptTimeout(timeout).apiCallTimeout(timeout))
                .build();
    }

    /** Aborts the receive in progress, and prevents further ones. */
    void stop() {
        stopped = true;
        receiver.close();
    }
}
