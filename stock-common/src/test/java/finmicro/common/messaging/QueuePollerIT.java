package finmicro.common.messaging;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.common.json.InvalidInput;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.embedded.EmbeddedQueues;
import finmicro.embedded.LocalAws;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Execution(ExecutionMode.CONCURRENT)
class QueuePollerIT {

    private static final String QUEUE = EmbeddedQueues.ORDERS;
    private static final String DEAD = QUEUE + "-dlq";

    private final ConcurrentLinkedQueue<String> effects = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private EmbeddedQueues queues;
    private QueuePoller<String> poller;

    @BeforeEach
    void startQueues() {
        queues = EmbeddedQueues.start(0);
        // Three receives instead of ten, because each takes a second longer than the previous one.
        String policy = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":3}"
                .formatted(EmbeddedQueues.arn(queues.client(), queues.url(DEAD)));
        queues.client()
                .setQueueAttributes(request -> request.queueUrl(queues.url(QUEUE))
                        .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        drain();
        queues.close();
    }

    @Test
    void messageIsDeletedAfterItsEffectIsCommitted() {
        start(new Handler());

        send("a", "b", "c");

        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b", "c"));
        await().untilAsserted(() -> assertThat(left(QUEUE)).isZero());
    }

    @Test
    void poisonMessageMovesToTheDeadLetterQueueAndBlocksNoOther() {
        start(new Handler());

        send("a", "unreadable", "b", "refused", "c");

        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b", "c"));
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(left(DEAD)).isEqualTo(2));
        assertThat(left(QUEUE)).isZero();
        assertThat(effects).hasSize(3);
    }

    @Test
    void streamOfMessagesIsReceivedInBatches() {
        AtomicInteger batches = new AtomicInteger();
        start(new Handler() {
            @Override
            public Map<Received<String>, String> handle(List<Received<String>> messages) {
                batches.incrementAndGet();
                return super.handle(messages);
            }
        });

        int sends = 100;
        IntStream.range(0, sends).forEach(i -> send(i + "a", i + "b", i + "c"));

        await().untilAsserted(() -> assertThat(effects).hasSize(3 * sends));
        assertThat(batches).hasValueLessThan(sends * 8 / 10);
    }

    @Test
    void failedBatchIsProcessedOneByOne() {
        start(new Handler() {
            @Override
            public Map<Received<String>, String> handle(List<Received<String>> messages) {
                if (messages.stream().anyMatch(message -> message.body().equals("bug"))) {
                    throw new IllegalStateException("a bug");
                }
                return super.handle(messages);
            }
        });

        send("a", "bug", "b");

        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b"));
    }

    @Test
    void unexpectedFailureIsPoisonAndDoesNotStopTheLoop() {
        start(new Handler() {
            @Override
            public String read(String body) {
                if (body.equals("unforeseen")) {
                    throw new NumberFormatException("a bug");
                }
                return super.read(body);
            }

            @Override
            public Map<Received<String>, String> handle(List<Received<String>> messages) {
                if (messages.stream().anyMatch(message -> message.body().equals("deep"))) {
                    throw new StackOverflowError();
                }
                return super.handle(messages);
            }
        });

        send("a", "unforeseen", "b", "deep", "deep", "c");

        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b", "c"));
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(left(DEAD)).isEqualTo(3));
        assertThat(threads).allMatch(Thread::isAlive);
        send("d");
        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("a", "b", "c", "d"));
    }

    @Test
    void receiveErrorDoesNotStopTheLoop() {
        start(new Handler());
        int port = queues.endpoint().getPort();

        queues.close();
        await().untilAsserted(() -> assertThat(failures).isNotEmpty());
        queues = EmbeddedQueues.start(port);
        send("after");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects).containsExactly("after"));
    }

    @Test
    void drainAbortsALongPollAndLosesNoMessage() throws InterruptedException {
        start(new Handler());
        send("a");
        await().untilAsserted(() -> assertThat(effects).hasSize(1));

        long began = System.nanoTime();
        drain();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        send("b");
        assertThat(left(QUEUE)).isEqualTo(1);
    }

    @Test
    void batchInFlightIsFinishedAndDeletedWhileDraining() throws InterruptedException {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(new Handler() {
            @Override
            public Map<Received<String>, String> handle(List<Received<String>> messages) {
                inFlight.countDown();
                try {
                    goOn.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("the drain must not interrupt a handler", e);
                }
                return super.handle(messages);
            }
        });
        send("a");
        assertThat(inFlight.await(30, TimeUnit.SECONDS)).isTrue();

        stop.countDown();
        poller.drain();
        goOn.countDown();
        drain();

        assertThat(effects).containsExactly("a");
        assertThat(left(QUEUE)).isZero();
    }

    @Test
    void traceContextAndEnvelopeReachTheHandler() {
        List<Received<String>> seen = new ArrayList<>();
        start(new Handler() {
            @Override
            public Map<Received<String>, String> handle(List<Received<String>> messages) {
                seen.addAll(messages);
                return super.handle(messages);
            }
        });
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        publisher().publish(List.of(new Outgoing("order-1", "x", trace)));

        await().untilAsserted(() -> assertThat(effects).containsExactly("x"));
        assertThat(seen).extracting(Received::traceparent).containsExactly(trace);
    }

    private class Handler implements MessageHandler<String> {

        @Override
        public String read(String body) {
            if (body.equals("unreadable")) {
                throw InvalidInput.body("is not readable");
            }
            return body;
        }

        @Override
        public Map<Received<String>, String> handle(List<Received<String>> messages) {
            messages.stream()
                    .map(Received::body)
                    .filter(body -> !body.equals("refused"))
                    .forEach(effects::add);
            return messages.stream()
                    .filter(message -> message.body().equals("refused"))
                    .collect(toMap(Function.identity(), message -> "contradicts its trade"));
        }
    }

    private void start(MessageHandler<String> handler) {
        poller = new QueuePoller<>(
                client(),
                client(),
                new Source(new QueueAddress(queues.url(QUEUE)), 10, 20, 2),
                handler,
                OpenTelemetry.noop());
        for (int i = 0; i < poller.threads(); i++) {
            Thread thread = new Thread(() -> poller.run(context()));
            threads.add(thread);
            thread.start();
        }
    }

    private SqsClient client() {
        return LocalAws.client(SqsClient.builder(), queues.endpoint());
    }

    private void drain() throws InterruptedException {
        stop.countDown();
        if (poller != null) {
            poller.drain();
        }
        for (Thread thread : threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private void send(String... bodies) {
        List<Outgoing> messages = IntStream.range(0, bodies.length)
                .mapToObj(i -> new Outgoing("m" + i, bodies[i], null))
                .toList();
        assertThat(publisher().publish(messages)).isEmpty();
    }

    private Publisher publisher() {
        return new SqsPublisher(queues.client(), new QueueAddress(queues.url(QUEUE)), OpenTelemetry.noop());
    }

    /** Visible and in flight. */
    private int left(String queue) {
        return queues
                .client()
                .getQueueAttributes(request -> request.queueUrl(queues.url(queue))
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private WorkerContext context() {
        return new LatchWorkerContext(stop, failures::add);
    }
}
