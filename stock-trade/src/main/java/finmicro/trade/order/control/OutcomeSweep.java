package finmicro.trade.order.control;

import finmicro.common.trading.Account;
import finmicro.trade.TradeConfig;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies to accounts what others have recorded of their trades: orders of the old stock-trade, contracts of its watcher, and fills
 * that came while their account was locked. Each effect is applied once, under the lock of the account.
 */
@ApplicationScoped
public class OutcomeSweep {

    /** The maximum number of trades in one transaction. */
    static final int MOST = 100;

    /** The range of an index, in the order of trade numbers. */
    private static final String RANGE =
            "(SELECT trade_no FROM trades WHERE account_effect = '%s' AND trade_status = '%s'"
                    + " AND trade_no > ?1 AND (?2 = '' OR account = ?2) ORDER BY trade_no LIMIT " + MOST + ")";

    private final Accounts accounts;
    private final TradeLocks locks;
    private final boolean checked;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public OutcomeSweep(Accounts accounts, TradeLocks locks, TradeConfig config) {
        this.accounts = accounts;
        this.locks = locks;
        this.checked = config.checksBuyingPower();
    }

    /**
     * The numbers of the next trades that have an effect to be applied, ascending; at most {@value #MOST}. Without a lock: a trade
     * may have moved on when its effect is applied.
     *
     * @param after the number of the last trade of the page before; 0 for the first page
     * @param account of these trades; empty for those of all accounts
     */
    @Transactional
    public List<Long> next(long after, String account) {
        return checked ? effectless(after, account) : List.of();
    }

    /**
     * Applies the effects of trades in one transaction. Trades whose account is locked or unknown are left.
     *
     * @return accounts that other transactions have locked: the effects of their trades are not applied
     */
    @Transactional
    public Set<String> apply(List<Long> tradeNos) {
        TradeLocks.Locked locked = locks.lock(new TreeSet<>(tradeNos));
        apply(locked);
        return locked.trades().values().stream()
                .map(Trade::account)
                .filter(locked.accounts()::isBusy)
                .collect(Collectors.toSet());
    }

    /** Applies the effects of trades of one account in one transaction. Waits for the lock of the account. */
    @Transactional
    public void applyWaiting(String account, List<Long> tradeNos) {
        apply(locks.lockWaiting(account, new TreeSet<>(tradeNos)));
    }

    private void apply(TradeLocks.Locked locked) {
        Map<Long, Fill> fills = fills(locked.trades().values());
        for (Trade trade : new TreeMap<>(locked.trades()).values()) {
            if (locked.accounts().find(trade.account()).isPresent()) {
                apply(locked.accounts(), trade, fills.get(trade.tradeNo()));
            }
        }
        // At the commit it may fail without a reason, which counts as an outage.
        entities.flush();
    }

    /** The status is read under the lock: the trade may have moved on since it was selected. */
    private static void apply(LockedAccounts accounts, Trade trade, Fill fill) {
        if (trade.isOpen()) {
            TradeEffects.reserve(accounts, trade);
        } else if (trade.status() != TradeStatus.FILLED) {
            TradeEffects.release(accounts, trade);
        } else if (fill != null) {
            // The old watcher may not have written it yet.
            TradeEffects.fill(accounts, trade, fill.settlementAmount(), fill.quantity());
        }
    }

    /** Only main has trades without an effect, and they get theirs when it is taken over. */
    private List<Long> effectless(long after, String account) {
        boolean all = accounts.read(Account.MAIN).isPresent();
        String sql = Stream.of(AccountEffect.NONE, AccountEffect.RESERVED)
                .flatMap(effect -> Arrays.stream(TradeStatus.values())
                        .filter(status -> effect == AccountEffect.NONE ? all : status != TradeStatus.OPEN)
                        .map(status -> RANGE.formatted(effect.code(), status.code())))
                .collect(Collectors.joining(" UNION ALL "));
        List<?> numbers = entities.createNativeQuery(sql + " ORDER BY trade_no LIMIT " + MOST)
                .setParameter(1, after)
                .setParameter(2, account)
                .getResultList();
        return numbers.stream().map(number -> ((Number) number).longValue()).toList();
    }

    private Map<Long, Fill> fills(Collection<Trade> trades) {
        List<Long> filled = trades.stream()
                .filter(trade -> trade.status() == TradeStatus.FILLED)
                .map(Trade::tradeNo)
                .toList();
        return filled.isEmpty()
                ? Map.of()
                : entities.createQuery("SELECT c FROM Fill c WHERE c.tradeNo IN :numbers", Fill.class)
                        .setParameter("numbers", filled)
                        .getResultStream()
                        .collect(Collectors.toMap(Fill::tradeNo, Function.identity()));
    }
}
