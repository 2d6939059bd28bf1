package finmicro.trade.settlement.control;

import finmicro.common.telemetry.Durations;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;

/** Has stock-balance settle contracts. */
@ApplicationScoped
public class SettlementDelivery extends BalanceDelivery {

    private final Balance balance;
    private final Clock clock;
    private final Durations duration;

    @Inject
    public SettlementDelivery(Balance balance, Clock clock, OpenTelemetry telemetry) {
        this.balance = balance;
        this.clock = clock;
        duration =
                new Durations(telemetry, "order.settlement.duration", "From an order's acceptance to its settlement");
    }

    @Override
    public Destination destination() {
        return Destination.SETTLE;
    }

    @Override
    protected Response send(OutboxMessage message) {
        return balance.settle(message.body());
    }

    @Override
    public void delivered(OutboxMessage message) {
        if (message.acceptedAt() != null) {
            duration.record(Duration.between(message.acceptedAt(), clock.instant()));
        }
    }
}
