package finmicro.trade.order.control;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.persistence.GroupCommit;
import finmicro.common.problem.ProblemException;
import finmicro.trade.TradeConfig;
import finmicro.trade.hold.control.BuyingPower;
import finmicro.trade.hold.entity.Hold;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * The way of an order from its number to its acceptance: its release is announced, what it needs is held, and it is
 * accepted, in a transaction each, which it shares with other orders on their way. It can end after any of them; what was
 * held is then released. An order under a key waits for others under the same, so its first transaction is its own.
 */
@ApplicationScoped
public class OrderIntake {

    private final OrderDesk desk;
    private final IdempotencyKeys keys;
    private final BuyingPower buyingPower;
    private final boolean checked;
    private final GroupCommit<NumberedOrder, Trade> accept;
    private final GroupCommit<NumberedOrder, Long> open;
    private final GroupCommit<NumberedOrder, Trade> acceptHeld;

    @Inject
    public OrderIntake(
            OrderDesk desk, IdempotencyKeys keys, BuyingPower buyingPower, TradeConfig config, Readiness readiness) {
        this.desk = desk;
        this.keys = keys;
        this.buyingPower = buyingPower;
        this.checked = config.checksBuyingPower();
        this.accept = new GroupCommit<>("commit-orders", readiness, NumberedOrder::context, desk::accept);
        this.open = new GroupCommit<>("commit-announced-orders", readiness, NumberedOrder::context, desk::open);
        this.acceptHeld = new GroupCommit<>("commit-held-orders", readiness, NumberedOrder::context, desk::acceptHeld);
    }

    /**
     * Places the order.
     *
     * @param tradeNo a new number; not used where an order under the key has one already
     * @param key the client's {@code Idempotency-Key}, or null
     * @return the trade; where the key was taken meanwhile, the one it was taken for
     * @throws ProblemException 422 where the order cannot be paid for, or more is sold than is held
     */
    public Trade place(long tradeNo, OrderRequest order, String key) {
        NumberedOrder numbered = new NumberedOrder(tradeNo, order, Context.current());
        if (!checked) {
            return key == null ? accept.submit(numbered) : desk.accept(numbered, key);
        }
        long number = key == null ? open.submit(numbered) : desk.open(numbered, key);
        Optional<Trade> placed = number == tradeNo ? Optional.empty() : keys.trade(key);
        return placed.orElseGet(() -> accept(new NumberedOrder(number, order, numbered.context()), key));
    }

    private Trade accept(NumberedOrder order, String key) {
        try {
            buyingPower.hold(order.tradeNo(), Hold.of(order.order()));
        } catch (ProblemException e) {
            // Nothing is held. A number under a key is another request's too: its release comes due.
            if (e.problem().status() == 422 && key == null) {
                desk.close(order.tradeNo());
            }
            throw e;
        }
        return acceptHeld.submit(order);
    }
}
