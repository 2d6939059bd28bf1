package finmicro.trade.order.control;

import finmicro.common.json.StrictJson;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.time.JapanTime;
import finmicro.trade.hold.control.Releases;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderMessage;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

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

    /** Accepts orders for which nothing is held. */
    @Transactional
    public List<Trade> accept(List<NumberedOrder> orders) {
        return keep(orders, false);
    }

    /**
     * Accepts an order for which nothing is held.
     *
     * @param key the client's {@code Idempotency-Key}
     * @return the trade; where the key was taken before, the one it was taken for
     * @throws finmicro.common.problem.ProblemException 503 where an order under the key is still under way
     */
    @Transactional
    public Trade accept(NumberedOrder order, String key) {
        if (keys.take(key, order.tradeNo()) != order.tradeNo()) {
            return keys.trade(key).orElseThrow(OrderDesk::underWay);
        }
        return keep(List.of(order), false).get(0);
    }

    /**
     * Opens the way of orders for which something is to be held: from now on its hold is released unless it is accepted in
     * time.
     *
     * @return the numbers to go on with: their own
     */
    @Transactional
    public List<Long> open(List<NumberedOrder> orders) {
        List<Long> numbers = orders.stream().map(NumberedOrder::tradeNo).toList();
        releases.announce(orders);
        return numbers;
    }

    /**
     * The same of an order under a key, which goes on with the number of an earlier attempt, while that can still be accepted
     * or was.
     *
     * @return the number to go on with
     */
    @Transactional
    public long open(NumberedOrder order, String key) {
        long number = keys.take(key, order.tradeNo());
        if (number != order.tradeNo()) {
            // In this order: a number that cannot be put off was either accepted by then, or never will be.
            if (releases.postpone(number) || entities.find(Trade.class, number) != null) {
                return number;
            }
            keys.lead(key, order.tradeNo());
        }
        releases.announce(List.of(order));
        return order.tradeNo();
    }

    /** Ends the way of an order for which nothing is held. */
    @Transactional
    public void close(long tradeNo) {
        releases.withdraw(List.of(tradeNo));
    }

    /**
     * Accepts orders for which all they need is held.
     *
     * @return the trades; where another request accepted an order under the same key, that one's
     * @throws finmicro.common.problem.ProblemException 503 where the time of a single one is over
     * @throws IllegalStateException where not all of several can be accepted: none is, and each has to be tried alone
     */
    @Transactional
    public List<Trade> acceptHeld(List<NumberedOrder> orders) {
        List<Long> numbers = orders.stream().map(NumberedOrder::tradeNo).toList();
        if (releases.withdraw(numbers)) {
            return keep(orders, true);
        }
        if (orders.size() > 1) {
            throw new IllegalStateException("not all of " + numbers + " can be accepted");
        }
        Trade trade = entities.find(Trade.class, numbers.get(0));
        if (trade == null) {
            throw Problem.unavailable("the order took too long").exception();
        }
        return List.of(trade);
    }

    /** Keeps the trades and what the market is to be told: all or nothing. */
    private List<Trade> keep(List<NumberedOrder> orders, boolean held) {
        List<Trade> trades = new ArrayList<>();
        List<OutboxMessage> messages = new ArrayList<>();
        for (NumberedOrder order : orders) {
            Trade trade = new Trade(order.tradeNo(), order.order(), held, clock.instant());
            entities.persist(trade);
            trades.add(trade);
            messages.add(new OutboxMessage(
                    trade.tradeNo(),
                    Destination.ORDER,
                    json.text(OrderMessage.of(trade)),
                    TraceContext.text(order.context()),
                    trade.acceptedAt()));
            ordered.fire(new OrderReport.Ordered(trade, order.context()));
        }
        outbox.append(messages);
        return trades;
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
        releases.release(trade, TraceContext.current()).ifPresent(outbox::append);
        ordered.fire(new OrderReport.Ordered(trade, Context.current()));
    }

    private static RuntimeException underWay() {
        return Problem.unavailable("the order under this key is still under way")
                .exception();
    }
}
