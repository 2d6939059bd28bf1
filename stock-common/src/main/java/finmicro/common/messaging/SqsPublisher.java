package finmicro.common.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends to a queue. */
final class SqsPublisher implements Publisher {

    private final SqsClient sqs;
    private final QueueAddress queue;

    SqsPublisher(SqsClient sqs, QueueAddress queue) {
        this.sqs = sqs;
        this.queue = queue;
    }

    @Override
    public List<Undelivered> publish(List<Outgoing> messages) {
        List<Undelivered> undelivered = new ArrayList<>();
        for (List<Outgoing> batch : Batches.of(messages)) {
            List<SendMessageBatchRequestEntry> entries = Batches.indexed(batch, SqsPublisher::entry);
            for (BatchResultErrorEntry failed : sqs.sendMessageBatch(
                            request -> request.queueUrl(queue.url(sqs)).entries(entries))
                    .failed()) {
                undelivered.add(new Undelivered(
                        batch.get(Integer.parseInt(failed.id())).id(),
                        failed.senderFault(),
                        failed.code() + " " + failed.message()));
            }
        }
        return undelivered;
    }

    private static SendMessageBatchRequestEntry entry(String index, Outgoing message) {
        Map<String, MessageAttributeValue> attributes = Attributes.of(message).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        attribute -> MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(attribute.getValue())
                                .build()));
        return SendMessageBatchRequestEntry.builder()
                .id(index)
                .messageBody(message.body())
                .messageAttributes(attributes)
                .build();
    }

    @Override
    public void probe() {
        sqs.getQueueAttributes(
                request -> request.queueUrl(queue.url(sqs)).attributeNames(QueueAttributeName.QUEUE_ARN));
    }

    @Override
    public String toString() {
        return "sqs " + queue;
    }
}
