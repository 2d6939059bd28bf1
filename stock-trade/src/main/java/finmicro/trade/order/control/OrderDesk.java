package finmicro.trade.order.control;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.TraceContext;
import finmicro.common.time.JapanTime;
import finmicro.trade.order.entity.OrderMessage;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Accepts orders. */
@ApplicationScoped
public class OrderDesk {

    /**
     * An order as it was accepted.
     *
     * @param messageId under which it is told to the market
     */
    public record Accepted(String messageId, Trade trade) {}

    private final Outbox outbox;
    private final StrictJson json;
    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public OrderDesk(Outbox outbox, StrictJson json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Keeps the trade and what the market is to be told, in one transaction: both or neither. */
    @Transactional
    public Accepted accept(long tradeNo, OrderRequest order) {
        Trade trade = new Trade(tradeNo, order, JapanTime.now(clock));
        entities.persist(trade);
        OutboxMessage message = OutboxMessage.about(
                tradeNo, Destination.ORDER, json.text(OrderMessage.of(tradeNo, order)), TraceContext.current());
        outbox.append(message);
        return new Accepted(message.messageId(), trade);
    }
}
