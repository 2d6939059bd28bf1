package finmicro.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Aws;
import finmicro.common.messaging.MessageHandler;
import finmicro.common.messaging.QueueAddress;
import finmicro.common.messaging.Received;
import finmicro.common.messaging.Source;
import finmicro.embedded.EmbeddedQueues;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.validation.Validation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A poller whose handler never returns is stuck; one that waits for messages is not, however long it waits. */
class StuckPollerIT {

    private static final Map<String, String> SDK =
            Map.of("aws.region", "ap-northeast-1", "aws.accessKeyId", "local", "aws.secretAccessKey", "local");

    private final ManualClock clock = new ManualClock();
    private final Readiness readiness = new Readiness(clock);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch inFlight = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private EmbeddedQueues queues;
    private Worker poller;
    private Thread thread;

    @BeforeEach
    void startPoller() {
        queues = EmbeddedQueues.start(0);
        SDK.forEach(System::setProperty);
        System.setProperty("aws.endpointUrlSqs", queues.endpoint().toString());
        Source source = new Source(new QueueAddress(queues.url(EmbeddedQueues.ORDERS)), 10, 20, 1);
        StrictJson json =
                new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());
        poller = new Aws(json, OpenTelemetry.noop()).poller(source, new Handler(), queues.client());
        readiness.expect(poller.name());
        readiness.started();
        thread = new Thread(this::run);
        thread.start();
    }

    @AfterEach
    void stopPoller() throws InterruptedException {
        release.countDown();
        stop.countDown();
        poller.drain();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
        queues.close();
        SDK.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlSqs");
    }

    private void run() {
        try {
            poller.run(new WorkerThreadContext(readiness, stop, poller.name(), "poller-1"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stuckLoopIsReportedDownUntilItContinues() throws InterruptedException {
        await().until(readiness::isReady);
        queues.client()
                .sendMessage(request ->
                        request.queueUrl(queues.url(EmbeddedQueues.ORDERS)).messageBody("x"));
        inFlight.await();
        clock.advance(Readiness.SILENCE_LIMIT.minusSeconds(1));
        assertThat(readiness.isReady()).isTrue();

        clock.advance(Readiness.SILENCE_LIMIT);

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.data())
                .hasEntrySatisfying("poller-1", since -> assertThat(since).startsWith("stuck for"));
        assertThat(readiness.isStarted()).isTrue();

        release.countDown();
        await().until(readiness::isReady);
    }

    private class Handler implements MessageHandler<String> {

        @Override
        public String read(String body) {
            return body;
        }

        @Override
        public Map<Received<String>, String> handle(List<Received<String>> messages) {
            inFlight.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Map.of();
        }
    }
}
