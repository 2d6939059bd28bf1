package finmicro.trade.order.control;

import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/**
 * Accepts orders without checking buying power ({@code BUYING_POWER=off}). It reads and writes no account, and its trades have no
 * effect on one. Each method is one transaction.
 */
@ApplicationScoped
public class UncheckedDesk {

    private final IdempotencyKeys keys;
    private final NewTrades trades;
    private final Clock clock;

    @Inject
    public UncheckedDesk(IdempotencyKeys keys, NewTrades trades, Clock clock) {
        this.keys = keys;
        this.trades = trades;
        this.clock = clock;
    }

    /** Accepts orders without a key. */
    @Transactional
    public List<Trade> accept(List<NumberedOrder> orders) {
        return store(orders);
    }

    private List<Trade> store(List<NumberedOrder> orders) {
        List<Trade> accepted = orders.stream().map(this::trade).toList();
        trades.store(orders, accepted);
        return accepted;
    }

    /**
     * Accepts an order with a key. Waits for a concurrent transaction that accepts one with the same key.
     *
     * @return the new trade, or the trade of the earlier order with the same key
     */
    @Transactional
    public Trade acceptKeyed(NumberedOrder order) {
        if (keys.take(order.account(), order.key(), order.tradeNo()) != order.tradeNo()) {
            return keys.trade(order.account(), order.key()).orElseThrow();
        }
        return store(List.of(order)).get(0);
    }

    private Trade trade(NumberedOrder order) {
        return new Trade(order.tradeNo(), order.account(), order.order(), clock.instant());
    }
}
