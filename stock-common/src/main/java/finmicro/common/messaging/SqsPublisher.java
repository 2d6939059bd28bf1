package finmicro.common.messaging;

import io.opentelemetry.api.OpenTelemetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Sends to a queue. */
final class SqsPublisher implements Publisher {

    private final SqsClient sqs;
    private final QueueAddress queue;
    private final BatchSender<SendMessageBatchRequestEntry> sender;

    SqsPublisher(SqsClient sqs, QueueAddress queue, OpenTelemetry telemetry) {
        this.sqs = sqs;
        this.queue = queue;
        this.sender = new BatchSender<>(
                new SendTelemetry(telemetry, Semantics.SQS, queue.name()), SqsPublisher::entry, this::send);
    }

    @Override
    public List<Undelivered> publish(List<Outgoing> messages) {
        return sender.send(messages);
    }

    private BatchSender.Result send(List<SendMessageBatchRequestEntry> entries) {
        SendMessageBatchResponse response =
                sqs.sendMessageBatch(request -> request.queueUrl(queue.url(sqs)).entries(entries));
        Map<String, String> accepted = new HashMap<>();
        response.successful().forEach(entry -> accepted.put(entry.id(), entry.messageId()));
        return new BatchSender.Result(
                accepted,
                response.failed().stream()
                        .map(failed -> new Undelivered(
                                failed.id(),
                                SendErrors.cause(failed.code(), failed.senderFault()),
                                failed.code() + " " + failed.message()))
                        .toList());
    }

    private static SendMessageBatchRequestEntry entry(String index, Outgoing message) {
        return SendMessageBatchRequestEntry.builder()
                .id(index)
                .messageBody(message.body())
                .messageAttributes(Attributes.of(message, SqsPublisher::attribute))
                .build();
    }

    private static MessageAttributeValue attribute(String text) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(text)
                .build();
    }

    @Override
    public String toString() {
        return "sqs " + queue;
    }
}
