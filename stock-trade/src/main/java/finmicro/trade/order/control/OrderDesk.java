package finmicro.trade.order.control;

import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.TraceContext;
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

    private final IdempotencyKeys keys;
    private final Outbox outbox;
    private final StrictJson json;
    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public OrderDesk(IdempotencyKeys keys, Outbox outbox, StrictJson json, Clock clock) {
        this.keys = keys;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Keeps the trade and what the market is to be told, in one transaction: both or neither.
     *
     * @param key the client's {@code Idempotency-Key}, or null
     * @return the trade; where the key was taken meanwhile, the one it was taken for
     */
    @Transactional
    public Trade accept(long tradeNo, OrderRequest order, String key) {
        if (key != null && !keys.take(key, tradeNo)) {
            return keys.trade(key).orElseThrow();
        }
        Trade trade = new Trade(tradeNo, order, clock.instant());
        entities.persist(trade);
        outbox.append(new OutboxMessage(
                tradeNo,
                Destination.ORDER,
                json.text(OrderMessage.of(tradeNo, order)),
                TraceContext.current(),
                trade.acceptedAt()));
        return trade;
    }
}
