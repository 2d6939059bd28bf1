package finmicro.embedded;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.NodeAddress;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS server on 127.0.0.1 in this JVM, with the system's three queues and their dead-letter queues, all empty. */
public final class EmbeddedQueues implements AutoCloseable {

    public static final String PRICES = "stock-prices-que";
    public static final String ORDERS = "stock-order-trades-que";
    public static final String CONTRACTS = "stock-contract-trades-que";
    public static final List<String> QUEUES = List.of(PRICES, ORDERS, CONTRACTS);

    private static final int VISIBILITY_SECONDS = 30;
    private static final int MAX_RECEIVE_COUNT = 10;
    private static final int RETENTION_DAYS = 4;
    private static final int DEAD_LETTER_RETENTION_DAYS = 14;

    private final ActorSystem actors;
    private final ActorRef queues;
    private final URI endpoint;
    private final SqsClient client;
    private SQSRestServer server;

    private EmbeddedQueues(ActorSystem actors, int port) {
        this.actors = actors;
        queues = actors.actorOf(Props.create(
                QueueManagerActor.class, new NowProvider(), SQSRestServerBuilder.sqsLimits(), Option.empty()));
        endpoint = URI.create("http://127.0.0.1:" + listen(port));
        client = LocalAws.client(SqsClient.builder(), endpoint);
    }

    /**
     * Starts the server and creates the queues.
     *
     * @param port port to listen on; 0 for a free one
     * @throws RuntimeException if the port is in use
     */
    public static EmbeddedQueues start(int port) {
        // No shutdown hook: other components may still use the queues while the JVM shuts down. The owner closes them.
        var settings = ConfigFactory.parseMap(Map.of(
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                "pekko.stdout-loglevel", "WARNING",
                "pekko.loglevel", "WARNING",
                "pekko.daemonic", "on"));
        var loader = EmbeddedQueues.class.getClassLoader();
        var actors = ActorSystem.create("elasticmq", settings.withFallback(ConfigFactory.load(loader)), loader);
        try {
            var queues = new EmbeddedQueues(actors, port);
            createQueues(queues.client);
            return queues;
        } catch (RuntimeException e) {
            actors.terminate();
            throw e;
        }
    }

    private int listen(int port) {
        var builder = SQSRestServerBuilder.withActorSystem(actors)
                .withQueueManagerActor(queues)
                .withInterface("127.0.0.1");
        builder = port == 0
                ? builder.withDynamicPort()
                : builder.withPort(port).withServerAddress(new NodeAddress("http", "127.0.0.1", port, ""));
        server = builder.start();
        return server.waitUntilStarted().localAddress().getPort();
    }

    /**
     * Stops the HTTP server, to simulate an outage. The queues keep their messages, and are available again after
     * {@link #restart()}.
     */
    public void kill() {
        server.stopAndWait();
    }

    /** Starts the HTTP server again on the same port after {@link #kill()}. */
    public void restart() {
        listen(endpoint.getPort());
    }

    /** Creates the three queues, each with its dead-letter queue {@code <queue>-dlq}, on any SQS server. */
    public static void createQueues(SqsClient sqs) {
        for (var queue : QUEUES) {
            var deadLetters = create(
                    sqs,
                    queue + "-dlq",
                    Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, days(DEAD_LETTER_RETENTION_DAYS)));
            create(
                    sqs,
                    queue,
                    Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            String.valueOf(VISIBILITY_SECONDS),
                            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                            days(RETENTION_DAYS),
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                                    .formatted(arn(sqs, deadLetters), MAX_RECEIVE_COUNT)));
        }
    }

    /** The ARN of the queue at this URL. */
    public static String arn(SqsClient sqs, String url) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    public URI endpoint() {
        return endpoint;
    }

    /** The URL of one of the {@link #QUEUES}, or of its dead-letter queue. */
    public String url(String queue) {
        return client.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    /** A client of this server, closed with it. */
    public SqsClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
        actors.terminate();
        actors.getWhenTerminated().toCompletableFuture().join();
    }

    private static String create(SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }

    private static String days(int days) {
        return String.valueOf(days * 24 * 60 * 60);
    }
}
