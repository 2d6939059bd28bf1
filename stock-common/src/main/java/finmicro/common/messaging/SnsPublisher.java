package finmicro.common.messaging;

import finmicro.common.json.StrictJson;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Publishes to a topic, with the body under both {@code default} and {@code sqs}. */
final class SnsPublisher implements Publisher {

    private final SnsClient sns;
    private final String topicArn;
    private final StrictJson json;

    SnsPublisher(SnsClient sns, String topicArn, StrictJson json) {
        this.sns = sns;
        this.topicArn = topicArn;
        this.json = json;
    }

    @Override
    public List<Undelivered> publish(List<Outgoing> messages) {
        return Batches.send(
                messages,
                this::entry,
                entries -> sns
                        .publishBatch(request -> request.topicArn(topicArn).publishBatchRequestEntries(entries))
                        .failed()
                        .stream()
                        .map(failed -> new Undelivered(
                                failed.id(), failed.senderFault(), failed.code() + " " + failed.message()))
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
    public void probe() {
        sns.getTopicAttributes(request -> request.topicArn(topicArn));
    }

    @Override
    public String toString() {
        return "sns " + topicArn;
    }
}
