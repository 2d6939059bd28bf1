package finmicro.trade.hold.control;

import finmicro.trade.ledger.control.BalanceDelivery;
import finmicro.trade.ledger.control.BalanceGateway;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;

/** Has stock-balance release holds. */
@ApplicationScoped
public class ReleaseDelivery extends BalanceDelivery {

    private final BalanceGateway balance;

    @Inject
    public ReleaseDelivery(BalanceGateway balance) {
        this.balance = balance;
    }

    @Override
    public Destination destination() {
        return Destination.RELEASE;
    }

    @Override
    protected Response send(OutboxMessage message) {
        return balance.release(message.tradeNo().getAsLong());
    }
}
