package finmicro.common.messaging;

import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Deletes received messages, or changes their visibility timeout. The queue may reject a whole call, or single messages in a
 * response with status 200. Both are logged and counted, and not retried: the visibility timeout expires, the message is
 * redelivered, and the handler skips it if it was processed.
 */
final class Acknowledger {

    private static final System.Logger LOG = Log.of(Acknowledger.class);
    private static final String DELETE = "delete";
    private static final String CHANGE_VISIBILITY = "change_visibility";

    private final SqsClient sqs;
    private final QueueAddress queue;
    private final ReceiveTelemetry telemetry;

    Acknowledger(SqsClient sqs, QueueAddress queue, ReceiveTelemetry telemetry) {
        this.sqs = sqs;
        this.queue = queue;
        this.telemetry = telemetry;
    }

    /** Deletes messages whose effect is committed. */
    void delete(List<InboundMessage> messages) {
        for (List<InboundMessage> batch : Batches.of(messages)) {
            List<DeleteMessageBatchRequestEntry> entries = Batches.indexed(
                    batch,
                    (index, message) -> DeleteMessageBatchRequestEntry.builder()
                            .id(index)
                            .receiptHandle(message.receiptHandle())
                            .build());
            settle(
                    DELETE,
                    batch,
                    () -> sqs.deleteMessageBatch(
                                    request -> request.queueUrl(queue.url(sqs)).entries(entries))
                            .failed());
        }
    }

    /** Makes the messages visible again immediately. */
    void release(Collection<InboundMessage> messages) {
        makeVisible(List.copyOf(messages), message -> 0);
    }

    /**
     * Makes a poison message visible again, one second later after each receive: a temporary cause may be gone before the
     * queue's limit of ten receives. Logs it once.
     */
    void reject(InboundMessage message, String reason) {
        LOG.log(
                message.receiveCount() == 1 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "message.rejected queue={0} messageId={1} received={2} reason={3}",
                queue.name(),
                message.messageId(),
                message.receiveCount(),
                reason);
        makeVisible(List.of(message), poison -> poison.receiveCount() - 1);
    }

    /**
     * Sets the visibility timeout of the messages, counted from now.
     *
     * @return the messages whose receipt handle is no longer valid: the queue has redelivered them or will do so
     * @throws SdkException if the call fails
     */
    List<InboundMessage> extend(Collection<InboundMessage> messages, Duration visibility) {
        return Batches.of(List.copyOf(messages)).stream()
                .flatMap(batch -> {
                    List<BatchResultErrorEntry> failed = timed(
                            CHANGE_VISIBILITY,
                            batch.size(),
                            () -> change(batch, message -> (int) visibility.toSeconds()));
                    report(CHANGE_VISIBILITY, failed);
                    return failed.stream().map(error -> batch.get(Integer.parseInt(error.id())));
                })
                .toList();
    }

    private void makeVisible(List<InboundMessage> messages, ToIntFunction<InboundMessage> seconds) {
        for (List<InboundMessage> batch : Batches.of(messages)) {
            settle(CHANGE_VISIBILITY, batch, () -> change(batch, seconds));
        }
    }

    private List<BatchResultErrorEntry> change(List<InboundMessage> batch, ToIntFunction<InboundMessage> seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = Batches.indexed(
                batch,
                (index, message) -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(index)
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(seconds.applyAsInt(message))
                        .build());
        return sqs.changeMessageVisibilityBatch(
                        request -> request.queueUrl(queue.url(sqs)).entries(entries))
                .failed();
    }

    /** Makes the final call for these messages, with one span per message. */
    private void settle(String operation, List<InboundMessage> messages, Supplier<List<BatchResultErrorEntry>> call) {
        List<Span> spans =
                messages.stream().map(message -> message.settleSpan(operation)).toList();
        Context traces =
                Traces.together(messages.stream().map(InboundMessage::context).toList());
        try {
            List<BatchResultErrorEntry> failed = timed(operation, messages.size(), call);
            failed.forEach(error -> Telemetry.failed(
                    spans.get(Integer.parseInt(error.id())), error.code(), String.valueOf(error.message())));
            traces.wrap(() -> report(operation, failed)).run();
        } catch (RuntimeException e) {
            spans.forEach(span -> Telemetry.failed(span, e.getClass().getName(), Outages.reason(e)));
            traces.wrap(() -> warn(operation, messages.size(), Outages.reason(e)))
                    .run();
        } finally {
            spans.forEach(Span::end);
        }
    }

    private List<BatchResultErrorEntry> timed(
            String operation, int messages, Supplier<List<BatchResultErrorEntry>> call) {
        long began = System.nanoTime();
        try {
            List<BatchResultErrorEntry> failed = call.get();
            telemetry.called(operation, began, null);
            return failed;
        } catch (RuntimeException e) {
            telemetry.called(operation, began, e.getClass().getName());
            telemetry.unsettled(operation, e.getClass().getName(), messages);
            throw e;
        }
    }

    /** Logs and counts the failed entries of a response by error code. */
    private void report(String operation, List<BatchResultErrorEntry> failed) {
        Map<String, List<BatchResultErrorEntry>> byCode =
                failed.stream().collect(Collectors.groupingBy(error -> String.valueOf(error.code())));
        byCode.forEach((code, errors) -> {
            telemetry.unsettled(operation, code, errors.size());
            warn(operation, errors.size(), code + ": " + errors.get(0).message());
        });
    }

    private void warn(String operation, int messages, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "queue.{0} failed queue={1} messages={2} reason={3}",
                operation,
                queue,
                messages,
                reason);
    }
}
