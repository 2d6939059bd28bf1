package finmicro.trade.order.control;

import finmicro.common.problem.ProblemException;
import finmicro.common.telemetry.CallSpans;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Checks with Lincheck the interleavings of requests that need a number when a block is used up: a few in each build, many with
 * {@code -Pchaos}.
 */
@Tag("chaos")
class TradeNumbersModelTest {

    private static final int BLOCK = 2;

    /** A counter in memory. Every third call fails. */
    private static final class Counter implements DynamoDbClient {

        private long max = 10_011;
        private int calls;

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            calls++;
            if (calls % 3 == 0) {
                throw SdkClientException.create("unavailable");
            }
            max += Long.parseLong(request.expressionAttributeValues().get(":n").n());
            return UpdateItemResponse.builder()
                    .attributes(Map.of("max_value", AttributeValue.fromN(Long.toString(max))))
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    /** No order is stored. */
    private static final class NoOrders extends OrderQueries {

        @Override
        public long highestNumber() {
            return 0;
        }
    }

    /** Requests that take a number each. */
    public static class Requests {

        private final TradeNumbers numbers = new TradeNumbers(
                new Counter(),
                new CallSpans(OpenTelemetry.noop()),
                new TradeNumberSettings("StockTrade.max_number", BLOCK),
                new NoOrders());

        private final List<Long> taken = new ArrayList<>();

        @Operation
        public void next() {
            try {
                add(numbers.next());
            } catch (ProblemException e) {
                // The counter was unavailable, or another request took too long.
            }
        }

        private synchronized void add(long number) {
            taken.add(number);
        }

        @Validate
        public void noNumberIsTakenTwice() {
            if (taken.stream().distinct().count() != taken.size()
                    || taken.stream().anyMatch(number -> number <= 10_011)) {
                throw new AssertionError("taken " + taken);
            }
        }
    }

    @Test
    void noNumberIsTakenTwiceInAnyInterleaving() {
        boolean isLong = "long".equals(System.getProperty("chaos"));
        new ModelCheckingOptions()
                .iterations(isLong ? 20 : 1)
                .invocationsPerIteration(isLong ? 5_000 : 100)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                "finmicro.trade.order.control.TradeNumberCounter",
                                "finmicro.trade.TestConfig",
                                "finmicro.common.problem.Problem",
                                "finmicro.common.outage.Outages")
                        .allMethods()
                        .treatAsAtomic())
                .verifier(EpsilonVerifier.class)
                .check(Requests.class);
    }
}
