package finmicro.common.messaging;

import finmicro.common.json.StrictJson;
import io.opentelemetry.api.OpenTelemetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

/** Publishes to a topic. Sets the body for both protocols, {@code default} and {@code sqs}. */
final class SnsPublisher implements Publisher {

    private final SnsClient sns;
    private final String topicArn;
    private final StrictJson json;
    private final BatchSender<PublishBatchRequestEntry> sender;

    SnsPublisher(SnsClient sns, String topicArn, StrictJson json, OpenTelemetry telemetry) {
        this.sns = sns;
        this.topicArn = topicArn;
        this.json = json;
        String topic = topicArn.substring(topicArn.lastIndexOf(':') + 1);
        this.sender = new BatchSender<>(new SendTelemetry(telemetry, Semantics.SNS, topic), this::entry, this::send);
    }

    @Override
    public List<Undelivered> publish(List<Outgoing> messages) {
        return sender.send(messages);
    }

    private BatchSender.Result send(List<PublishBatchRequestEntry> entries) {
        PublishBatchResponse response =
                sns.publishBatch(request -> request.topicArn(topicArn).publishBatchRequestEntries(entries));
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

    private PublishBatchRequestEntry entry(String index, Outgoing message) {
        return PublishBatchRequestEntry.builder()
                .id(index)
                .messageStructure("json")
                .message(json.text(Map.of("default", message.body(), "sqs", message.body())))
                .messageAttributes(Attributes.of(message, SnsPublisher::attribute))
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
        return "sns " + topicArn;
    }
}
