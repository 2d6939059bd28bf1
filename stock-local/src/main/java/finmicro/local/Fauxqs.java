package finmicro.local;

import finmicro.embedded.EmbeddedQueues;
import finmicro.embedded.LocalAws;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SNS and SQS in one Node.js process on 127.0.0.1 (fauxqs): the three topics, each with its queue subscribed. It replaces
 * {@link EmbeddedQueues}, which does not support topics.
 */
public final class Fauxqs implements AutoCloseable {

    /** Reason for skipping a test if it is not available. */
    public static final String MISSING =
            "node and npm are not on the path; the SNS server of these tests requires them";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final ChildProcess process;
    private final URI endpoint;
    private final SqsClient sqs;
    private final Map<String, String> topicArns = new HashMap<>();

    private Fauxqs(ChildProcess process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.sqs = LocalAws.client(SqsClient.builder(), endpoint);
    }

    /** Whether Node.js and npm are on the path. */
    public static boolean isAvailable() {
        return NpmFolder.npmIsAvailable();
    }

    /**
     * Installs it in {@code stock-local/target} if necessary, starts it and creates the topics.
     *
     * @param raw whether the subscriptions use raw message delivery, or SNS's JSON envelope
     * @param log file for its output
     * @throws IllegalStateException if it cannot be installed or does not start
     */
    public static Fauxqs start(Project project, int port, boolean raw, Path log) {
        var folder = new NpmFolder(project.root().resolve("stock-local/fauxqs"), project.target("fauxqs"));
        folder.install(log);
        var command = new ProcessBuilder("node", "serve.mjs", String.valueOf(port))
                .directory(folder.target().toFile());
        var fauxqs = new Fauxqs(ChildProcess.start("fauxqs", command, log), URI.create("http://127.0.0.1:" + port));
        try {
            fauxqs.process.awaitUp(fauxqs::isUp, START);
            EmbeddedQueues.createQueues(fauxqs.sqs);
            fauxqs.createTopics(raw);
        } catch (RuntimeException e) {
            fauxqs.close();
            throw e;
        }
        return fauxqs;
    }

    /** The addresses of its queues and topics. */
    public Messaging messaging() {
        return new Messaging(endpoint, endpoint, topicArns);
    }

    /** A client of its queues, closed with it. */
    public SqsClient sqs() {
        return sqs;
    }

    /** A new client of its topics; the caller closes it. */
    public SnsClient sns() {
        return LocalAws.client(SnsClient.builder(), endpoint);
    }

    @Override
    public void close() {
        sqs.close();
        process.terminate();
        process.awaitEnd(STOP);
    }

    private void createTopics(boolean raw) {
        try (var sns = sns()) {
            Messaging.TOPICS.forEach((queue, topic) -> {
                var arn = sns.createTopic(request -> request.name(topic)).topicArn();
                sns.subscribe(request -> request.topicArn(arn)
                        .protocol("sqs")
                        .endpoint(EmbeddedQueues.arn(sqs, messaging().queueUrl(queue)))
                        .attributes(Map.of("RawMessageDelivery", String.valueOf(raw))));
                topicArns.put(queue, arn);
            });
        }
    }

    private boolean isUp() {
        try {
            sqs.listQueues();
            return true;
        } catch (SdkException e) {
            return false;
        }
    }
}
