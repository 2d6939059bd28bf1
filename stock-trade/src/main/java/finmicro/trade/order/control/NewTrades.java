package finmicro.trade.order.control;

import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.TraceContext;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderMessage;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/** Stores accepted trades, with their messages to the market. */
@ApplicationScoped
public class NewTrades {

    private final Outbox outbox;
    private final StrictJson json;
    private final Event<OrderReport.Ordered> ordered;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public NewTrades(Outbox outbox, StrictJson json, Event<OrderReport.Ordered> ordered) {
        this.outbox = outbox;
        this.json = json;
        this.ordered = ordered;
    }

    /** Stores the trades of these orders, one for each and in the same order, within the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void store(List<NumberedOrder> orders, List<Trade> trades) {
        List<OutboxMessage> messages = new ArrayList<>();
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            entities.persist(trade);
            messages.add(new OutboxMessage(
                    trade.tradeNo(),
                    Destination.ORDER,
                    json.text(OrderMessage.of(trade)),
                    TraceContext.text(orders.get(i).context()),
                    trade.acceptedAt()));
            ordered.fire(new OrderReport.Ordered(trade, orders.get(i).context()));
        }
        outbox.append(messages);
    }
}
