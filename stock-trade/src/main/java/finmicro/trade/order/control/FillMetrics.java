package finmicro.trade.order.control;

import finmicro.common.telemetry.Telemetry;
import finmicro.trade.order.entity.TradeStatus;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Counts {@code contracts} by what the market answered: contracted, failed, repeated where it had answered before, and
 * too-late where the order was cancelled.
 */
@ApplicationScoped
public class FillMetrics {

    /**
     * What a message of the market came to.
     *
     * @param status of its trade now
     * @param open whether it was the first to end its trade
     */
    record Answered(TradeStatus status, boolean open) {

        String result() {
            if (open) {
                return status.word();
            }
            return status == TradeStatus.CANCELLED ? "too-late" : "repeated";
        }
    }

    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

    private final LongCounter contracts;

    @Inject
    public FillMetrics(OpenTelemetry telemetry) {
        contracts = Telemetry.counter(telemetry, "contracts", "contract", "Answers of the market to orders");
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Answered answer) {
        contracts.add(1, Attributes.of(RESULT, answer.result()));
    }
}
