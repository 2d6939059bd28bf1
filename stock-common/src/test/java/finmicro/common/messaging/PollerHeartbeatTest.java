package finmicro.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsServiceClientConfiguration;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** During an outage each thread of a poller keeps sending heartbeats, so that it does not count as stuck. */
class PollerHeartbeatTest {

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger receives = new AtomicInteger();

    @Test
    void retryingThreadAndThreadWaitingForTheEndOfTheOutageAreAlive() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        QueuePoller<String> poller = new QueuePoller<>(
                new Queue(),
                new Queue(),
                new Source(new QueueAddress("http://sqs/orders"), 10, 20, 2),
                new MessageHandler<>() {
                    @Override
                    public String read(String body) {
                        return body;
                    }

                    @Override
                    public Map<Received<String>, String> handle(List<Received<String>> messages) {
                        attempts.incrementAndGet();
                        throw SdkClientException.create("unavailable");
                    }
                },
                OpenTelemetry.noop());
        List<Heartbeats> heartbeats = Stream.generate(Heartbeats::new).limit(2).toList();
        List<Thread> threads = heartbeats.stream()
                .map(context -> new Thread(() -> poller.run(context)))
                .toList();
        threads.forEach(Thread::start);
        try {
            await().until(() -> attempts.get() >= 2);
            int received = receives.get();
            List<Integer> before =
                    heartbeats.stream().map(context -> context.count.get()).toList();
            int failed = attempts.get();

            await().until(() -> attempts.get() >= failed + 2);

            assertThat(heartbeats.get(0).count).hasValueGreaterThan(before.get(0));
            assertThat(heartbeats.get(1).count).hasValueGreaterThan(before.get(1));
            assertThat(receives).hasValue(received);
        } finally {
            stop.countDown();
            for (Thread thread : threads) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    /** A queue with one message. */
    private final class Queue implements SqsClient {

        @Override
        public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            return ReceiveMessageResponse.builder()
                    .messages(
                            receives.incrementAndGet() == 1
                                    ? List.of(Message.builder()
                                            .messageId("m")
                                            .receiptHandle("h")
                                            .body("b")
                                            .build())
                                    : List.of())
                    .build();
        }

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        @Override
        public SqsServiceClientConfiguration serviceClientConfiguration() {
            return SqsServiceClientConfiguration.builder()
                    .region(Region.AP_NORTHEAST_1)
                    .build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }

    private final class Heartbeats extends LatchWorkerContext {

        private final AtomicInteger count = new AtomicInteger();

        Heartbeats() {
            super(stop, failure -> {});
        }

        @Override
        public boolean running() {
            count.incrementAndGet();
            return super.running();
        }
    }
}
