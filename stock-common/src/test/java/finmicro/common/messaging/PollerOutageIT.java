package finmicro.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.common.json.InvalidInput;
import finmicro.embedded.EmbeddedQueues;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Tests how a poller treats messages in flight during an outage of a dependency or of the queue itself. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("long")
class PollerOutageIT {

    private static final String QUEUE = EmbeddedQueues.ORDERS;

    private final ConcurrentLinkedQueue<String> effects = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<List<String>> attempts = new ConcurrentLinkedQueue<>();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .build();
    private EmbeddedQueues queues;
    private PollerTask task;
    private volatile boolean outage;

    @BeforeEach
    void startQueues() {
        queues = EmbeddedQueues.start(0);
    }

    @AfterEach
    void stopAll() {
        task.close();
        queues.close();
    }

    @Test
    void batchIsRetriedInFlightAndNothingElseIsReceivedUntilItSucceeds() {
        outage = true;
        start(new NoInterference());
        send("a");
        // The other permit's receive may have begun before the outage.
        await().until(() -> attempts.size() >= 2 && !task.isReceiving());
        send("b", "c");
        await().until(() -> attempts.size() >= 5);
        assertThat(attempts).allMatch(List.of("a")::equals);
        assertThat(task.receiveCounts()).hasSize(1);

        outage = false;

        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b", "c"));
        assertThat(task.receiveCounts().values()).containsOnly(1);
        await().untilAsserted(() -> assertThat(left()).isZero());
    }

    @Test
    void poisonInABatchDelayedByAnOutageIsRejectedAlone() {
        outage = true;
        send("a", "unreadable", "bug", "b");
        start(new NoInterference());
        await().until(() -> attempts.size() >= 3);

        outage = false;

        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b"));
        await().untilAsserted(() -> assertThat(left()).isEqualTo(2));
    }

    @Test
    void drainDuringAnOutageReleasesTheBatch() {
        outage = true;
        send("a", "b");
        start(new NoInterference());
        // The other permit's receive may have begun before the outage. It would receive the released batch.
        await().until(() -> !task.failures().isEmpty() && !task.isReceiving());

        task.close();

        assertThat(receive())
                .hasSize(2)
                .allSatisfy(message -> assertThat(count(message)).isEqualTo(2));
    }

    @Test
    void messagesReceivedWhileTheServiceStartsToDrainAreReleased() {
        send("a", "b");
        AtomicReference<PollerTask> draining = new AtomicReference<>();
        start(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                await().until(() -> draining.get() != null);
            }

            @Override
            public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                if (context.response() instanceof ReceiveMessageResponse) {
                    draining.get().beginDrain();
                }
            }
        });
        draining.set(task);
        await().until(task::isDraining);

        task.close();

        assertThat(attempts).isEmpty();
        assertThat(task.receiveCounts().values()).containsExactly(1, 1);
        assertThat(receive())
                .hasSize(2)
                .allSatisfy(message -> assertThat(count(message)).isEqualTo(2));
    }

    /** The queue fails too: the messages become visible again, but a task with a batch in flight does not receive them. */
    @Test
    void batchWithAnExpiredVisibilityTimeoutIsStillProcessed() {
        queues.client()
                .setQueueAttributes(request -> request.queueUrl(queues.url(QUEUE))
                        // Longer than a receive of the other permit that began before the outage.
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3")));
        outage = true;
        start(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof ChangeMessageVisibilityBatchRequest) {
                    throw SdkClientException.create("the queue is unavailable");
                }
            }
        });
        send("a");
        await().until(() -> visible() == 1);
        int before = attempts.size();
        await().until(() -> attempts.size() >= before + 2);
        assertThat(task.receiveCounts().values()).containsExactly(1);

        outage = false;

        await().untilAsserted(() -> assertThat(effects).containsOnly("a"));
        await().untilAsserted(() -> assertThat(left()).isZero());
        assertThat(task.receiveCounts().values()).allMatch(count -> count <= 2);
    }

    @Test
    void rejectedDeleteIsCountedAndTheMessageIsRedelivered() {
        queues.client()
                .setQueueAttributes(request -> request.queueUrl(queues.url(QUEUE))
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2")));
        AtomicInteger deletes = new AtomicInteger();
        start(new ExecutionInterceptor() {
            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                return context.request() instanceof DeleteMessageBatchRequest delete && deletes.incrementAndGet() == 1
                        ? spoilt(delete)
                        : context.request();
            }
        });

        send("a");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(effects).containsExactly("a", "a"));
        await().untilAsserted(() -> assertThat(left()).isZero());
        assertThat(unsettled("delete")).isEqualTo(1);
    }

    private static DeleteMessageBatchRequest spoilt(DeleteMessageBatchRequest delete) {
        return delete.toBuilder()
                .entries(delete.entries().stream()
                        .map(entry ->
                                entry.toBuilder().receiptHandle("not a handle").build())
                        .toList())
                .build();
    }

    private long unsettled(String operation) {
        return metrics.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("queue.unsettled.messages"))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .filter(point ->
                        operation.equals(point.getAttributes().get(AttributeKey.stringKey("messaging.operation.name")))
                                && point.getAttributes().get(AttributeKey.stringKey("error.type")) != null)
                .mapToLong(point -> point.getValue())
                .sum();
    }

    private static final class NoInterference implements ExecutionInterceptor {}

    private void start(ExecutionInterceptor calls) {
        task = new PollerTask(
                new Source(new QueueAddress(queues.url(QUEUE)), 10, 1, 2),
                queues.endpoint(),
                new Handler(),
                telemetry,
                calls);
    }

    private void send(String... bodies) {
        Stream.of(bodies)
                .forEach(body -> queues.client()
                        .sendMessage(
                                request -> request.queueUrl(queues.url(QUEUE)).messageBody(body)));
    }

    /** The messages that another task would receive now. */
    private List<Message> receive() {
        return queues.client()
                .receiveMessage(request -> request.queueUrl(queues.url(QUEUE))
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages();
    }

    private static int count(Message message) {
        return Integer.parseInt(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    }

    private int visible() {
        return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    /** Visible, in flight or delayed. */
    private int left() {
        return visible()
                + number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                + number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
    }

    private int number(QueueAttributeName attribute) {
        return Integer.parseInt(queues.client()
                .getQueueAttributes(
                        request -> request.queueUrl(queues.url(QUEUE)).attributeNames(attribute))
                .attributes()
                .get(attribute));
    }

    private final class Handler implements MessageHandler<String> {

        @Override
        public String read(String body) {
            if (body.equals("unreadable")) {
                throw InvalidInput.body("is not readable");
            }
            return body;
        }

        @Override
        public Map<Received<String>, String> handle(List<Received<String>> messages) {
            List<String> bodies = messages.stream().map(Received::body).toList();
            attempts.add(bodies);
            if (outage) {
                throw SdkClientException.create("outage");
            }
            if (bodies.contains("bug")) {
                throw new IllegalStateException("a bug");
            }
            effects.addAll(bodies);
            return Map.of();
        }
    }
}
