package finmicro.trade.ledger.control;

import finmicro.common.trading.Account;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.contract.entity.Contract;
import finmicro.trade.contract.entity.ContractTrade;
import finmicro.trade.ledger.entity.AccountSnapshot;
import finmicro.trade.ledger.entity.BookedTrades;
import finmicro.trade.order.control.TradeEffects;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The trades of {@code main} that a snapshot of the ledger may not include. */
@ApplicationScoped
public class UnbookedTrades {

    private static final int PAGE = BookedTrades.MOST;

    private static final String PENDING = "SELECT t FROM Trade t WHERE t.account = 'main' AND t.effect <> :applied"
            + " AND t.tradeNo > :after ORDER BY t.tradeNo";

    private static final String FINISHED = "SELECT t FROM Trade t WHERE t.account = 'main' AND t.effect <> :applied"
            + " AND t.status <> :open AND t.tradeNo > :after ORDER BY t.tradeNo";

    private static final String APPLIED =
            "SELECT t.tradeNo FROM Trade t WHERE t.account = 'main' AND t.effect = :applied"
                    + " AND t.status = :contracted AND t.tradeNo > :after ORDER BY t.tradeNo";

    private final BalanceGateway balance;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public UnbookedTrades(BalanceGateway balance) {
        this.balance = balance;
    }

    /**
     * Marks finished trades of one page that came to nothing, or that the ledger has booked.
     *
     * @return the number of the last trade of the page; {@link Long#MAX_VALUE} if there are no more
     */
    long markBooked(AccountSnapshot snapshot, long after) {
        List<Trade> page = entities.createQuery(FINISHED, Trade.class)
                .setParameter("applied", AccountEffect.APPLIED)
                .setParameter("open", TradeStatus.OPEN)
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList();
        Set<Long> booked = booked(snapshot, numbers(page));
        page.stream()
                .filter(trade -> trade.status() != TradeStatus.CONTRACTED || booked.contains(trade.tradeNo()))
                .forEach(Trade::applied);
        return last(numbers(page));
    }

    /**
     * Books fills whose outcome was applied before {@code main} was forgotten, and that the snapshot does not include. The outbox
     * does not know them all: the old stock-trade has its trades settled by itself, maybe later.
     */
    void applyApplied(LockedAccounts main, AccountSnapshot snapshot) {
        for (long after = 0; after < Long.MAX_VALUE; ) {
            List<Long> page = entities.createQuery(APPLIED, Long.class)
                    .setParameter("applied", AccountEffect.APPLIED)
                    .setParameter("contracted", TradeStatus.CONTRACTED)
                    .setParameter("after", after)
                    .setMaxResults(PAGE)
                    .getResultList();
            Set<Long> booked = booked(snapshot, page);
            page.stream()
                    .filter(tradeNo -> !booked.contains(tradeNo))
                    .map(tradeNo -> entities.find(ContractTrade.class, tradeNo))
                    .filter(Objects::nonNull)
                    .forEach(fill -> book(main, fill.contract(Account.MAIN)));
            after = last(page);
        }
    }

    private static void book(LockedAccounts main, Contract fill) {
        boolean buy = fill.tradeType() == TradeType.BUY;
        main.book(
                Account.MAIN,
                buy ? -fill.settlementAmount() : fill.settlementAmount(),
                fill.stockCode(),
                buy ? fill.contractQuantity() : -fill.contractQuantity());
    }

    /** Gives every other trade its effect: a reservation if it is open, its outcome if it is finished and not in the snapshot. */
    void applyAll(LockedAccounts main, AccountSnapshot snapshot) {
        for (long after = 0; after < Long.MAX_VALUE; ) {
            List<Trade> page = entities.createQuery(PENDING, Trade.class)
                    .setParameter("applied", AccountEffect.APPLIED)
                    .setParameter("after", after)
                    .setMaxResults(PAGE)
                    .getResultList();
            Set<Long> booked = booked(snapshot, numbers(page));
            page.forEach(trade -> apply(main, trade, booked.contains(trade.tradeNo())));
            after = last(numbers(page));
        }
    }

    private void apply(LockedAccounts main, Trade trade, boolean booked) {
        if (booked) {
            trade.applied();
        } else if (trade.isOpen()) {
            TradeEffects.reserve(main, trade);
        } else if (trade.status() != TradeStatus.CONTRACTED) {
            TradeEffects.release(main, trade);
        } else {
            ContractTrade fill = entities.find(ContractTrade.class, trade.tradeNo());
            if (fill != null) {
                TradeEffects.fill(main, trade, fill.settlementAmount(), fill.quantity());
            }
        }
    }

    private Set<Long> booked(AccountSnapshot snapshot, List<Long> tradeNos) {
        if (tradeNos.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(balance.booked(new BookedTrades.Question(Account.MAIN, snapshot.sequence(), tradeNos))
                .tradeNos());
    }

    private static List<Long> numbers(List<Trade> page) {
        return page.stream().map(Trade::tradeNo).toList();
    }

    private static long last(List<Long> page) {
        return page.size() < PAGE ? Long.MAX_VALUE : page.get(PAGE - 1);
    }
}
