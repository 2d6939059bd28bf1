package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Tells of settlements that are committed: a line in the log, and the metric {@code settlements} by result. */
@ApplicationScoped
public class LedgerReport {

    /**
     * A settlement.
     *
     * @param repeated whether the trade had been settled before, so that nothing was done
     */
    record Settled(Settlement settlement, boolean repeated) {}

    private static final System.Logger ORDERS = Log.ofOrders();
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

    private final LongCounter settlements;

    @Inject
    public LedgerReport(OpenTelemetry telemetry) {
        settlements = Telemetry.counter(telemetry, "settlements", "settlement", "Settlements of contracted trades");
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Settled settled) {
        settlements.add(1, Attributes.of(RESULT, settled.repeated() ? "repeated" : "settled"));
        Settlement settlement = settled.settlement();
        Span.fromContext(settlement.trace()).setAttribute(Telemetry.TRADE_NO, settlement.tradeNo());
        LogContext.of(settlement.trace(), settlement.tradeNo())
                .wrap(() -> log(settled))
                .run();
    }

    private static void log(Settled settled) {
        ContractTrade trade = settled.settlement().trade();
        ORDERS.log(
                settled.repeated() ? System.Logger.Level.DEBUG : System.Logger.Level.INFO,
                "trade.settled stockCode={0} tradeType={1}",
                trade.stockCode(),
                trade.tradeType());
    }
}
