package finmicro.common.messaging;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
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
        return Batches.send(
                messages,
                SqsPublisher::entry,
                entries ->
                        sqs
                                .sendMessageBatch(request ->
                                        request.queueUrl(queue.url(sqs)).entries(entries))
                                .failed()
                                .stream()
                                .map(failed -> new Undelivered(
                                        failed.id(), failed.senderFault(), failed.code() + " " + failed.message()))
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
    public void probe() {
        sqs.getQueueAttributes(
                request -> request.queueUrl(queue.url(sqs)).attributeNames(QueueAttributeName.QUEUE_ARN));
    }

    @Override
    public String toString() {
        return "sqs " + queue;
    }
}
