package finmicro.trade.ledger.control;

import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.ledger.entity.FeedPage.FeedEntry;
import finmicro.trade.order.control.TradeEffects;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies bookings of the ledger to accounts and trades. */
@ApplicationScoped
public class BookedOutcomes {

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** Locks the trades that exist, in the order of their numbers. The accounts are locked before. */
    Map<Long, Trade> lock(Collection<Long> tradeNos) {
        if (tradeNos.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("SELECT t FROM Trade t WHERE t.tradeNo IN :numbers ORDER BY t.tradeNo", Trade.class)
                .setParameter("numbers", List.copyOf(new TreeSet<>(tradeNos)))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(Collectors.toMap(Trade::tradeNo, Function.identity()));
    }

    /**
     * Applies an external booking. If the trade is also filled here, the fill is applied instead, unless it already is. Otherwise the
     * booking is applied, and a fill that is recorded later has no effect.
     *
     * @param trade the locked trade; null if its number is unknown here or the entry has no number
     */
    void apply(LockedAccounts accounts, FeedEntry booking, Trade trade) {
        boolean own = trade != null && trade.account().equals(booking.account());
        if (own && trade.status() == TradeStatus.FILLED && isApplied(accounts, trade)) {
            return;
        }
        if (own) {
            TradeEffects.release(accounts, trade);
        }
        accounts.book(booking.key(), booking.account(), booking.cash(), booking.stockCode(), booking.shares());
    }

    private boolean isApplied(LockedAccounts accounts, Trade trade) {
        return trade.effect() == AccountEffect.APPLIED || applyFill(accounts, trade);
    }

    /**
     * Applies the fill of a trade.
     *
     * @return false if no fill is recorded, which is possible between two statements of the old stock-trade
     */
    boolean applyFill(LockedAccounts accounts, Trade trade) {
        Fill fill = entities.find(Fill.class, trade.tradeNo());
        if (fill == null) {
            return false;
        }
        TradeEffects.fill(accounts, trade, fill.settlementAmount(), fill.quantity());
        return true;
    }
}
