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
 * Counts the market's results in {@code contracts} by {@code result}: contracted (filled), failed (not filled), repeated (the
 * trade had a result before), and too-late (the order was cancelled before).
 */
@ApplicationScoped
public class FillMetrics {

    /**
     * A recorded result of the market.
     *
     * @param status the status of its trade now
     * @param first whether it changed that status
     */
    record Recorded(TradeStatus status, boolean first) {

        String result() {
            if (first) {
                return status.word();
            }
            return status == TradeStatus.CANCELLED ? "too-late" : "repeated";
        }
    }

    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

    private final LongCounter contracts;

    @Inject
    public FillMetrics(OpenTelemetry telemetry) {
        contracts = Telemetry.counter(telemetry, "contracts", "contract", "Results of orders from the market");
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Recorded recorded) {
        contracts.add(1, Attributes.of(RESULT, recorded.result()));
    }
}
