package finmicro.common.messaging;

import finmicro.common.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
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
        List<Undelivered> undelivered = new ArrayList<>();
        for (List<Outgoing> batch : Batches.of(messages)) {
            List<PublishBatchRequestEntry> entries = Batches.indexed(batch, this::entry);
            for (BatchResultErrorEntry failed : sns.publishBatch(
                            request -> request.topicArn(topicArn).publishBatchRequestEntries(entries))
                    .failed()) {
                undelivered.add(new Undelivered(
                        batch.get(Integer.parseInt(failed.id())).id(),
                        failed.senderFault(),
                        failed.code() + " " + failed.message()));
            }
        }
        return undelivered;
    }

    private PublishBatchRequestEntry entry(String index, Outgoing message) {
        Map<String, MessageAttributeValue> attributes = Attributes.of(message).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        attribute -> MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(attribute.getValue())
                                .build()));
        return PublishBatchRequestEntry.builder()
                .id(index)
                .messageStructure("json")
                .message(json.text(Map.of("default", message.body(), "sqs", message.body())))
                .messageAttributes(attributes)
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
