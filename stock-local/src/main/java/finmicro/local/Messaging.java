package finmicro.local;

import finmicro.embedded.EmbeddedQueues;
import java.net.URI;
import java.util.Map;

/**
 * The addresses of queues and topics.
 *
 * @param sqs endpoint of the SQS server
 * @param sns endpoint of the SNS server; null when producers send to the queues
 * @param topicArns the ARN of the topic to which each queue subscribes, by queue name; empty without SNS
 */
public record Messaging(URI sqs, URI sns, Map<String, String> topicArns) {

    /** The topic to which each queue subscribes, by queue name. */
    public static final Map<String, String> TOPICS = Map.of(
            EmbeddedQueues.PRICES, "send-stock-prices",
            EmbeddedQueues.ORDERS, "send-stock-order-trades",
            EmbeddedQueues.CONTRACTS, "send-stock-contract-trades");

    public Messaging {
        topicArns = Map.copyOf(topicArns);
    }

    /** Addresses for producers that send to the queues. */
    public static Messaging queues(URI sqs) {
        return new Messaging(sqs, null, Map.of());
    }

    /** Whether producers publish to topics. */
    public boolean publishes() {
        return sns != null;
    }

    /** The URL of one of {@link EmbeddedQueues#QUEUES}, or of its dead-letter queue. */
    public String queueUrl(String queue) {
        return sqs + "/000000000000/" + queue;
    }
}
