package finmicro.trade.order.control;

import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Locale;

/**
 * Logs each order that is accepted or cancelled, and counts orders in the metrics {@code orders.accepted} and
 * {@code orders.cancelled} by side and type, and {@code orders.refused} by reason.
 */
@ApplicationScoped
public class OrderReport {

    /** An order that was accepted or cancelled, in its trace. */
    record Ordered(Trade trade, Context trace) {}

    private static final System.Logger ORDERS = Log.ofOrders();
    private static final AttributeKey<String> SIDE = AttributeKey.stringKey("trade.type");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("order.type");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

    private final LongCounter accepted;
    private final LongCounter cancelled;
    private final LongCounter refused;

    @Inject
    public OrderReport(OpenTelemetry telemetry) {
        accepted = Telemetry.counter(telemetry, "orders.accepted", "order", "Orders accepted");
        cancelled = Telemetry.counter(telemetry, "orders.cancelled", "order", "Orders cancelled");
        refused = Telemetry.counter(telemetry, "orders.refused", "order", "Orders refused");
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Ordered order) {
        Trade trade = order.trade();
        boolean cancel = trade.status() == TradeStatus.CANCELLED;
        (cancel ? cancelled : accepted)
                .add(
                        1,
                        Attributes.of(
                                SIDE,
                                trade.tradeType().name(),
                                TYPE,
                                trade.orderType().name().toLowerCase(Locale.ROOT)));
        LogContext.of(order.trace(), trade.tradeNo())
                .wrap(() -> log(cancel ? "order.cancelled" : "order.accepted", trade))
                .run();
    }

    private static void log(String event, Trade trade) {
        ORDERS.log(
                System.Logger.Level.INFO,
                event + " stockCode={0} tradeType={1} orderType={2}",
                trade.stockCode(),
                trade.tradeType(),
                trade.orderType());
    }

    /** Counts a refused order. @param reason the last word of the problem's type, or {@code http-<status>} */
    public void refused(String reason) {
        refused.add(1, Attributes.of(REASON, reason));
    }
}
