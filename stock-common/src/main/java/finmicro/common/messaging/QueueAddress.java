package finmicro.common.messaging;

import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue, configured by URL or by name. A name is resolved once, at first use. */
public final class QueueAddress {

    private final String configured;
    private volatile String url;

    /** @param configured {@code https://sqs...} or the queue's name */
    public QueueAddress(String configured) {
        this.configured = configured;
        this.url = configured.startsWith("http") ? configured : null;
    }

    String url(SqsClient sqs) {
        if (url == null) {
            url = sqs.getQueueUrl(request -> request.queueName(configured)).queueUrl();
        }
        return url;
    }

    /** The queue's name, the last part of its URL. */
    public String name() {
        return configured.substring(configured.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return configured;
    }
}
