package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.time.JapanTime;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.order.entity.Trade;
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

/** Cancels a trade and releases what is reserved for it. Each public method is one transaction. */
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

    /** The account of the trade, if there is such a trade. It never changes. */
    @Transactional
    public Optional<String> account(long tradeNo) {
        return entities.createQuery("SELECT t.account FROM Trade t WHERE t.tradeNo = :tradeNo", String.class)
                .setParameter("tradeNo", tradeNo)
                .getResultStream()
                .findFirst();
    }

    /** Cancels the trade unless another transaction has locked the account. Returns whether it is cancelled. */
    @Transactional
    public boolean cancelFree(long tradeNo, String account) {
        LockedAccounts locked = accounts.lockFree(Set.of(account));
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

    /** If {@code main} is not taken over yet, its trade gets its effect then. */
    private void cancel(long tradeNo, String account, LockedAccounts locked) {
        Trade trade = cancelled(tradeNo);
        if (locked.find(account).isPresent()) {
            TradeEffects.release(locked, trade);
        }
    }

    private Trade cancelled(long tradeNo) {
        Trade trade = entities.find(Trade.class, tradeNo, LockModeType.PESSIMISTIC_WRITE);
        if (!trade.isOpen()) {
            throw Problem.orderNotOpen(
                            "trade " + tradeNo + " is " + trade.status().word())
                    .exception();
        }
        trade.cancel(JapanTime.now(clock));
        ordered.fire(new OrderReport.Ordered(trade, Context.current()));
        return trade;
    }
}
