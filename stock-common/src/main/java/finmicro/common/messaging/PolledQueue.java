package finmicro.common.messaging;

import finmicro.common.problem.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
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
    List<Delivery> receive() {
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
                    .map(message -> new Delivery(telemetry, message, asked))
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

    /** Removes messages whose effect is committed; one that stays comes again, and its effect is known by its key. */
    void delete(List<Delivery> messages) {
        for (List<Delivery> batch : Batches.of(messages)) {
            List<DeleteMessageBatchRequestEntry> entries = Batches.indexed(
                    batch,
                    (index, message) -> DeleteMessageBatchRequestEntry.builder()
                            .id(index)
                            .receiptHandle(message.receiptHandle())
                            .build());
            settle(
                    "delete",
                    batch,
                    () -> sqs.deleteMessageBatch(
                            request -> request.queueUrl(source.queue().url(sqs)).entries(entries)));
        }
    }

    /** Makes the messages visible again at once. */
    void giveBack(Collection<Delivery> messages) {
        makeVisible(List.copyOf(messages), message -> 0);
    }

    /**
     * Makes poison visible again, a second later each time, so that ten receives give a cause that passes a chance, and
     * logs it once.
     */
    void reject(Delivery message, String reason) {
        LOG.log(
                message.receiveCount() == 1 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "message.rejected queue={0} messageId={1} received={2} reason={3}",
                source.queue().name(),
                message.messageId(),
                message.receiveCount(),
                reason);
        makeVisible(List.of(message), poison -> poison.receiveCount() - 1);
    }

    private void makeVisible(List<Delivery> messages, ToIntFunction<Delivery> seconds) {
        for (List<Delivery> batch : Batches.of(messages)) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = Batches.indexed(
                    batch,
                    (index, message) -> ChangeMessageVisibilityBatchRequestEntry.builder()
                            .id(index)
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(seconds.applyAsInt(message))
                            .build());
            settle(
                    "change_visibility",
                    batch,
                    () -> sqs.changeMessageVisibilityBatch(
                            request -> request.queueUrl(source.queue().url(sqs)).entries(entries)));
        }
    }

    /** Tells the queue; where it does not take it, the visibility time-out does the same later. */
    private void settle(String operation, List<Delivery> messages, Runnable call) {
        List<Span> spans =
                messages.stream().map(message -> message.settleSpan(operation)).toList();
        long began = System.nanoTime();
        try {
            call.run();
            telemetry.called(operation, began, null);
        } catch (RuntimeException e) {
            String type = e.getClass().getName();
            spans.forEach(span -> Telemetry.failed(span, type, Outages.reason(e)));
            telemetry.called(operation, began, type);
            List<Context> traces = messages.stream().map(Delivery::context).toList();
            Traces.together(traces).wrap(() -> logFailure(operation, e)).run();
        } finally {
            spans.forEach(Span::end);
        }
    }

    private void logFailure(String operation, RuntimeException failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "queue.{0} failed queue={1} reason={2}",
                operation,
                source.queue(),
                Outages.reason(failure));
    }
}
