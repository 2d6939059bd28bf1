package finmicro.market.matching;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.Outgoing;
import finmicro.common.messaging.Publisher;
import finmicro.common.messaging.Received;
import finmicro.common.messaging.Undelivered;
import finmicro.embedded.MessageSamples;
import finmicro.market.matching.boundary.OrdersConsumer;
import finmicro.market.matching.entity.ContractMessage;
import finmicro.market.matching.entity.OrderMessage;
import io.opentelemetry.context.Context;
import jakarta.validation.Validation;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two tasks of the market share only the queue. An order delivered to both gets the same decision, regardless of time, batch and
 * message id.
 */
class TwoMarketTasksTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());
    private static final String SAMPLE = MessageSamples.sample("order");

    private final Task first = new Task("2020-06-07T02:25:03Z");
    private final Task second = new Task("2020-06-07T02:25:40Z");

    @Test
    void orderRedeliveredToAnotherTaskGetsTheSameDecision() {
        List<String> orders = IntStream.range(10_012, 10_512)
                .boxed()
                .flatMap(no -> Stream.of("0", "1").map(type -> order(no, type)))
                .toList();
        List<String> redelivered = new ArrayList<>(orders);
        Collections.reverse(redelivered);

        first.handle(orders, 10);
        second.handle(redelivered, 7);

        assertThat(decisions(first)).hasSize(1_000).containsExactlyInAnyOrderElementsOf(decisions(second));
        assertThat(decisions(first)).anyMatch(Decision::filled).anyMatch(decision -> !decision.filled());
    }

    /** The expected decisions are fixed, so they are equal in every JVM and release. */
    @Test
    void decisionDependsOnTheTradeNumberOnly() {
        first.handle(
                IntStream.range(10_012, 10_022).mapToObj(no -> order(no, "0")).toList(), 10);
        second.handle(
                IntStream.range(10_012, 10_022).mapToObj(no -> order(no, "1")).toList(), 10);

        assertThat(decisions(first))
                .extracting(decision -> decision.price().intValue() - 2320)
                .containsExactly(-33, 38, -9, 0, 14, 8, 23, 27, -3, -30);
        assertThat(decisions(second))
                .extracting(Decision::filled)
                .containsExactly(true, false, true, true, false, false, false, false, true, true);
    }

    /** The properties that stock-trade uses. Excludes the time, which depends on the task. */
    private record Decision(long tradeNo, String orderType, boolean filled, BigDecimal price, long quantity) {}

    private static List<Decision> decisions(Task task) {
        return task.results.stream()
                .map(result -> new Decision(
                        result.tradeNo(),
                        result.orderType().toString(),
                        result.orderStatus(),
                        result.contractPrice(),
                        result.contractQuantity()))
                .toList();
    }

    private static String order(int tradeNo, String orderType) {
        return SAMPLE.replace("10012", Integer.toString(tradeNo))
                .replace("\"orderType\":\"1\"", "\"orderType\":\"" + orderType + "\"");
    }

    private static final class Task {

        private final List<ContractMessage> results = new ArrayList<>();
        private final OrdersConsumer consumer;

        Task(String now) {
            Publisher publisher = messages -> {
                messages.forEach(this::published);
                return List.<Undelivered>of();
            };
            consumer = new OrdersConsumer(JSON, publisher, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
        }

        private void published(Outgoing message) {
            results.add(JSON.read(message.body(), ContractMessage.class));
        }

        /** Handles the messages in batches of the given size. The message ids depend on the batch size, as after a redrive. */
        void handle(List<String> bodies, int batchSize) {
            List<Received<OrderMessage>> messages = bodies.stream()
                    .map(body ->
                            new Received<>(consumer.read(body), "m" + Objects.hash(body, batchSize), Context.root()))
                    .toList();
            for (int from = 0; from < messages.size(); from += batchSize) {
                assertThat(consumer.handle(messages.subList(from, Math.min(from + batchSize, messages.size()))))
                        .isEmpty();
            }
        }
    }
}
