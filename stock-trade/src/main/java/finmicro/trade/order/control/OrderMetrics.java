package finmicro.trade.order.control;

import finmicro.common.telemetry.Telemetry;
import finmicro.trade.order.entity.Trade;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;

/** Counts orders: {@code orders.accepted} by side and type, {@code orders.refused} by reason. */
@ApplicationScoped
public class OrderMetrics {

    private static final AttributeKey<String> SIDE = AttributeKey.stringKey("trade.type");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("order.type");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

    private final LongCounter accepted;
    private final LongCounter refused;

    @Inject
    public OrderMetrics(OpenTelemetry telemetry) {
        accepted = Telemetry.counter(telemetry, "orders.accepted", "order", "Orders accepted");
        refused = Telemetry.counter(telemetry, "orders.refused", "order", "Orders refused");
    }

    /** An order was accepted under a number of its own. */
    public void accepted(Trade trade) {
        accepted.add(
                1,
                Attributes.of(
                        SIDE,
                        trade.tradeType().name(),
                        TYPE,
                        trade.orderType().name().toLowerCase(Locale.ROOT)));
    }

    /** @param reason the last word of the problem's type, or {@code http-<status>} */
    public void refused(String reason) {
        refused.add(1, Attributes.of(REASON, reason));
    }
}
