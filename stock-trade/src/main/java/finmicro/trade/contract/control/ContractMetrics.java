package finmicro.trade.contract.control;

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
import java.util.Locale;

/** Counts {@code contracts} by what the market answered: contracted, failed, and repeated where it had answered before. */
@ApplicationScoped
public class ContractMetrics {

    /**
     * What a message of the market came to.
     *
     * @param status of its trade now
     * @param repeated whether the trade had its answer before
     */
    record Answered(TradeStatus status, boolean repeated) {}

    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

    private final LongCounter contracts;

    @Inject
    public ContractMetrics(OpenTelemetry telemetry) {
        contracts = Telemetry.counter(telemetry, "contracts", "contract", "Answers of the market to orders");
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Answered answer) {
        String result = answer.repeated() ? "repeated" : answer.status().name().toLowerCase(Locale.ROOT);
        contracts.add(1, Attributes.of(RESULT, result));
    }
}
