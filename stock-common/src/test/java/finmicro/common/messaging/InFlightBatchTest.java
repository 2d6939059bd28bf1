package finmicro.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/** The heartbeat of a batch in flight over hours of an outage. Uses a fake queue, because no queue server can speed up time. */
class InFlightBatchTest {

    private final Queue queue = new Queue();
    private final ReceiveTelemetry telemetry = new ReceiveTelemetry(OpenTelemetry.noop(), "orders");
    private final Acknowledger acknowledger = new Acknowledger(queue, new QueueAddress("http://sqs/orders"), telemetry);
    private final List<InboundMessage> messages =
            Stream.of("a", "b").map(this::message).toList();
    private Duration age = Duration.ZERO;
    private final InFlightBatch inFlight = new InFlightBatch(acknowledger, messages, () -> age.toNanos());

    @Test
    void firstFailureExtendsTheVisibilityTimeout() {
        inFlight.extend();

        assertThat(queue.changes).containsExactly("a=60", "b=60");
    }

    @Test
    void visibilityTimeoutIsExtendedEveryTwentySecondsAndNotOnEachAttempt() {
        for (int second = 0; second < 60; second++) {
            age = Duration.ofSeconds(second);
            inFlight.extend();
        }

        assertThat(queue.calls).isEqualTo(3);
    }

    @Test
    void messageIsInvisibleForUpToTwelveHoursAfterItsReceive() {
        for (; age.toHours() < 14; age = age.plusSeconds(3)) {
            inFlight.extend();
        }

        assertThat(queue.latestEnd).isBetween(Duration.ofHours(12).minusMinutes(2), Duration.ofHours(12));
        assertThat(queue.changes).doesNotContain("a=0", "b=0");
    }

    @Test
    void failedExtensionIsRetriedAfterTheNextAttempt() {
        queue.unavailable = true;
        inFlight.extend();
        queue.unavailable = false;
        age = Duration.ofSeconds(1);
        inFlight.extend();

        assertThat(queue.changes).containsExactly("a=60", "b=60");
    }

    @Test
    void messageWithAnInvalidReceiptHandleIsNotExtendedButStaysInFlight() {
        queue.gone.add("a");
        inFlight.extend();
        age = InFlightBatch.HEARTBEAT;
        inFlight.extend();

        assertThat(queue.changes).containsExactly("b=60", "b=60");
        assertThat(messages).allMatch(inFlight::contains);
    }

    @Test
    void settledMessageIsNotExtended() {
        inFlight.reject(messages.get(0), "poison");
        queue.changes.clear();
        inFlight.extend();

        assertThat(queue.changes).containsExactly("b=60");
    }

    private InboundMessage message(String id) {
        return new InboundMessage(
                telemetry, Message.builder().messageId(id).receiptHandle(id).build(), Instant.EPOCH);
    }

    private final class Queue implements SqsClient {

        private final List<String> changes = new ArrayList<>();
        private final Set<String> gone = new HashSet<>();
        private Duration latestEnd = Duration.ZERO;
        private int calls;
        private boolean unavailable;

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            calls++;
            if (unavailable) {
                throw SdkClientException.create("unavailable");
            }
            List<BatchResultErrorEntry> failed = new ArrayList<>();
            for (ChangeMessageVisibilityBatchRequestEntry entry : request.entries()) {
                if (gone.contains(entry.receiptHandle())) {
                    failed.add(BatchResultErrorEntry.builder()
                            .id(entry.id())
                            .code("MessageNotInflight")
                            .build());
                } else {
                    changes.add(entry.receiptHandle() + "=" + entry.visibilityTimeout());
                    latestEnd = age.plusSeconds(entry.visibilityTimeout());
                }
            }
            return ChangeMessageVisibilityBatchResponse.builder().failed(failed).build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
