package finmicro.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.embedded.EmbeddedQueues;
import finmicro.embedded.LocalAws;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** A task that polls a queue, and records its failures and receive counts. */
final class PollerTask implements AutoCloseable {

    /** A failure that the poller reported. */
    record Failure(Instant at, Throwable cause) {}

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> receiveCounts = new ConcurrentHashMap<>();
    private final AtomicInteger receiving = new AtomicInteger();
    private final QueuePoller<String> poller;

    /** Starts polling. @param calls intercepts all calls of the task, including receives */
    PollerTask(
            Source source,
            URI endpoint,
            MessageHandler<String> handler,
            OpenTelemetry telemetry,
            ExecutionInterceptor calls) {
        ExecutionInterceptor counting = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                receiving.incrementAndGet();
            }

            @Override
            public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
                receiving.decrementAndGet();
            }

            @Override
            public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                if (context.response() instanceof ReceiveMessageResponse response) {
                    response.messages().forEach(PollerTask.this::count);
                }
                receiving.decrementAndGet();
            }
        };
        poller = new QueuePoller<>(
                client(endpoint, calls), client(endpoint, counting, calls), source, handler, telemetry);
        WorkerContext worker =
                new LatchWorkerContext(stop, failure -> failures.add(new Failure(Instant.now(), failure)));
        for (int i = 0; i < poller.threads(); i++) {
            Thread thread = new Thread(() -> poller.run(worker));
            threads.add(thread);
            thread.start();
        }
    }

    PollerTask(Source source, EmbeddedQueues queues, MessageHandler<String> handler) {
        this(source, queues.endpoint(), handler, OpenTelemetry.noop(), new ExecutionInterceptor() {});
    }

    private static SqsClient client(URI endpoint, ExecutionInterceptor... interceptors) {
        return LocalAws.client(
                SqsClient.builder()
                        .overrideConfiguration(
                                override -> List.of(interceptors).forEach(override::addExecutionInterceptor)),
                endpoint);
    }

    private void count(Message message) {
        receiveCounts.merge(
                message.messageId(),
                Integer.valueOf(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)),
                Math::max);
    }

    /** The highest receive count of each message that this task received, by message ID. */
    Map<String, Integer> receiveCounts() {
        return receiveCounts;
    }

    /** Whether a call of the task's receiving client is in progress. */
    boolean isReceiving() {
        return receiving.get() > 0;
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Simulates SIGTERM: {@link WorkerContext#running()} returns false from now on. */
    void beginDrain() {
        stop.countDown();
    }

    boolean isDraining() {
        return stop.getCount() == 0;
    }

    /** Drains the task and waits until it ends. */
    @Override
    public void close() {
        beginDrain();
        poller.drain();
        for (Thread thread : threads) {
            try {
                thread.join(30_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
