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

/** What a booking in the ledger means for its account and its trade here. */
@ApplicationScoped
public class BookedOutcomes {

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** Locks the trades that exist, by number, after the accounts. */
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
     * Applies a booking from elsewhere. If the trade is filled here too, its own outcome counts, which may be applied already.
     * Otherwise the booking itself is applied, and a fill that is recorded later applies nothing.
     *
     * @param trade locked; null if the number is unknown here or the entry has none
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
     * Applies the fill of a trade that is not applied yet.
     *
     * @return false if no fill is recorded, as between two statements of the old stock-trade; then nothing is applied
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
