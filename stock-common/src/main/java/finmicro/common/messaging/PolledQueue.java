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
    /** What a receive may take beyond its own waiting. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final SqsClient sqs;
    private final SqsClient receiver;
    private final Source source;
    private final ReceiveTelemetry telemetry;
    private volatile boolean stopped;
    private boolean answered;

    /** @param receiver a client for receiving alone: closing it is what ends a receive in progress */
    PolledQueue(SqsClient sqs, SqsClient receiver, Source source, ReceiveTelemetry telemetry) {
        this.sqs = sqs;
        this.receiver = receiver;
        this.source = source;
        this.telemetry = telemetry;
    }

    /**
     * Waits for messages; the first time not at all, so that a service with an idle queue is ready at once. None when
     * stopped.
     *
     * @throws SdkException when the queue does not answer
     */
    List<InboundMessage> receive() {
        Instant asked = Instant.now();
        long began = System.nanoTime();
        try {
            List<Message> messages =
                    stopped ? List.of() : receiver.receiveMessage(request()).messages();
            answered = true;
            if (!messages.isEmpty()) {
                telemetry.called("receive", began, null);
            }
            return messages.stream()
                    .map(message -> new InboundMessage(telemetry, message, asked))
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
        int wait = answered ? source.waitSeconds() : 0;
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

    /** Ends the receive in progress and allows no other. */
    void stop() {
        stopped = true;
        receiver.close();
    }
}
