package finmicro.trade.order.control;

import finmicro.common.json.StrictJson;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.time.JapanTime;
import finmicro.trade.hold.control.Releases;
import finmicro.trade.order.entity.OrderMessage;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Accepts orders and cancels them: each of its methods is a transaction. */
@ApplicationScoped
public class OrderDesk {

    private final IdempotencyKeys keys;
    private final Releases releases;
    private final Outbox outbox;
    private final StrictJson json;
    private final Clock clock;
    private final Event<OrderReport.Ordered> ordered;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public OrderDesk(
            IdempotencyKeys keys,
            Releases releases,
            Outbox outbox,
            StrictJson json,
            Clock clock,
            Event<OrderReport.Ordered> ordered) {
        this.keys = keys;
        this.releases = releases;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
        this.ordered = ordered;
    }

    /**
     * Accepts an order for which nothing is held.
     *
     * @param key the client's {@code Idempotency-Key}, or null
     * @return the trade; where the key was taken before, the one it was taken for
     * @throws finmicro.common.problem.ProblemException 503 where an order under the key is still under way
     */
    @Transactional
    public Trade accept(long tradeNo, OrderRequest order, String key) {
        if (key != null && keys.take(key, tradeNo) != tradeNo) {
            return keys.trade(key).orElseThrow(OrderDesk::underWay);
        }
        return keep(new Trade(tradeNo, order, false, clock.instant()));
    }

    /**
     * Opens the way of an order for which something is to be held: from now on its hold is released unless it is accepted
     * in time. An order under a key goes on with the number of an earlier attempt, while that can still be accepted or was.
     *
     * @return the number to go on with
     */
    @Transactional
    public long open(long tradeNo, String key) {
        long number = key == null ? tradeNo : keys.take(key, tradeNo);
        if (number != tradeNo) {
            // In this order: a number that cannot be put off was either accepted by then, or never will be.
            if (releases.postpone(number) || entities.find(Trade.class, number) != null) {
                return number;
            }
            keys.lead(key, tradeNo);
        }
        releases.announce(tradeNo);
        return tradeNo;
    }

    /** Ends the way of an order for which nothing is held. */
    @Transactional
    public void close(long tradeNo) {
        releases.withdraw(tradeNo);
    }

    /**
     * Accepts an order for which all it needs is held.
     *
     * @return the trade; where another request accepted it under the same key, that one's
     * @throws finmicro.common.problem.ProblemException 503 where its time is over
     */
    @Transactional
    public Trade acceptHeld(long tradeNo, OrderRequest order) {
        if (releases.withdraw(tradeNo)) {
            return keep(new Trade(tradeNo, order, true, clock.instant()));
        }
        Trade trade = entities.find(Trade.class, tradeNo);
        if (trade == null) {
            throw Problem.unavailable("the order took too long").exception();
        }
        return trade;
    }

    /** Keeps the trade and what the market is to be told: both or neither. */
    private Trade keep(Trade trade) {
        entities.persist(trade);
        outbox.append(new OutboxMessage(
                trade.tradeNo(),
                Destination.ORDER,
                json.text(OrderMessage.of(trade)),
                TraceContext.current(),
                trade.acceptedAt()));
        ordered.fire(new OrderReport.Ordered(trade));
        return trade;
    }

    /**
     * Cancels an open order, and has what is held for it released. Whatever the market still answers comes too late.
     *
     * @throws finmicro.common.problem.ProblemException 404 where there is no such trade, 409 where it is no longer open
     */
    @Transactional
    public void cancel(long tradeNo) {
        Trade trade = entities.find(Trade.class, tradeNo, LockModeType.PESSIMISTIC_WRITE);
        if (trade == null) {
            throw Problem.noTrade(tradeNo).exception();
        }
        if (!trade.isOpen()) {
            throw Problem.orderNotOpen(
                            "trade " + tradeNo + " is " + trade.status().word())
                    .exception();
        }
        trade.cancel(JapanTime.now(clock));
        releases.release(trade, TraceContext.current());
        ordered.fire(new OrderReport.Ordered(trade));
    }

    private static RuntimeException underWay() {
        return Problem.unavailable("the order under this key is still under way")
                .exception();
    }
}
