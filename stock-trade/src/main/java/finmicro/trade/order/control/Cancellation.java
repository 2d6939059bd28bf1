package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.time.JapanTime;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Cancels a trade and releases its reservation. Each public method is one transaction. */
@ApplicationScoped
public class Cancellation {

    private final Accounts accounts;
    private final Clock clock;
    private final Event<OrderReport.Ordered> ordered;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public Cancellation(Accounts accounts, Clock clock, Event<OrderReport.Ordered> ordered) {
        this.accounts = accounts;
        this.clock = clock;
        this.ordered = ordered;
    }

    /** The account of the trade, which never changes; empty if there is no such trade. */
    @Transactional
    public Optional<String> account(long tradeNo) {
        return entities.createQuery("SELECT t.account FROM Trade t WHERE t.tradeNo = :tradeNo", String.class)
                .setParameter("tradeNo", tradeNo)
                .getResultStream()
                .findFirst();
    }

    /** Cancels the trade unless another transaction has locked the account. Returns whether it did. */
    @Transactional
    public boolean cancelUnlocked(long tradeNo, String account) {
        LockedAccounts locked = accounts.tryLock(Set.of(account));
        if (locked.isBusy(account)) {
            return false;
        }
        cancel(tradeNo, account, locked);
        return true;
    }

    /** Cancels the trade; waits for the lock of the account. */
    @Transactional
    public void cancelWaiting(long tradeNo, String account) {
        cancel(tradeNo, account, accounts.lock(account));
    }

    /** Cancels the trade without an effect on its account. */
    @Transactional
    public void cancelUnchecked(long tradeNo) {
        cancelled(tradeNo);
    }

    /** If {@code main} is not taken over yet, the take-over applies the effect of its trade. */
    private void cancel(long tradeNo, String account, LockedAccounts locked) {
        Trade trade = cancelled(tradeNo);
        if (locked.find(account).isPresent()) {
            TradeEffects.release(locked, trade);
        }
    }

    private Trade cancelled(long tradeNo) {
        Trade trade = entities.find(Trade.class, tradeNo, LockModeType.PESSIMISTIC_WRITE);
        if (!trade.isOpen()) {
            throw Problem.orderNotOpen("Order " + tradeNo + " is " + closed(trade.status()))
                    .exception();
        }
        trade.cancel(JapanTime.now(clock));
        ordered.fire(new OrderReport.Ordered(trade, Context.current()));
        return trade;
    }

    private static String closed(TradeStatus status) {
        return switch (status) {
            case FILLED -> "already filled and cannot be cancelled.";
            case NOT_FILLED -> "closed without a fill and cannot be cancelled.";
            default -> "already cancelled.";
        };
    }
}
