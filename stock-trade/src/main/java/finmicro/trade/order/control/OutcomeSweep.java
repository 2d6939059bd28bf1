package finmicro.trade.order.control;

import finmicro.common.trading.Account;
import finmicro.trade.account.control.AccountSettings;
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
 * Applies the effects of trades that are recorded but not applied to their accounts: orders of the old stock-trade, fills that its
 * watcher recorded, and fills that arrived while the account was locked. Each effect is applied once, under the lock of the account.
 */
@ApplicationScoped
public class OutcomeSweep {

    /** The maximum number of trades in one transaction. */
    static final int PAGE_SIZE = 100;

    /** A range of an index, in the order of trade numbers. */
    private static final String RANGE =
            "(SELECT trade_no FROM trades WHERE account_effect = '%s' AND trade_status = '%s'"
                    + " AND trade_no > ?1 AND (?2 = '' OR account = ?2) ORDER BY trade_no LIMIT " + PAGE_SIZE + ")";

    private final Accounts accounts;
    private final TradeLocks locks;
    private final boolean checked;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public OutcomeSweep(Accounts accounts, TradeLocks locks, AccountSettings settings) {
        this.accounts = accounts;
        this.locks = locks;
        this.checked = settings.checksBuyingPower();
    }

    /**
     * Returns the numbers of the next trades with an unapplied effect, ascending, up to {@value #PAGE_SIZE}. Does not lock them, so
     * their status may change before their effect is applied.
     *
     * @param after the last trade number of the previous page; 0 for the first page
     * @param account the account of the trades; empty for all accounts
     */
    @Transactional
    public List<Long> next(long after, String account) {
        return checked ? unapplied(after, account) : List.of();
    }

    /**
     * Applies the effects of trades in one transaction. Skips trades whose account is locked or unknown.
     *
     * @return the accounts that other transactions have locked, whose trades were skipped
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
        // A failure at the commit has no cause and would count as an outage.
        entities.flush();
    }

    /** Reads the status under the lock: it may have changed since the trade was selected. */
    private static void apply(LockedAccounts accounts, Trade trade, Fill fill) {
        if (trade.isOpen()) {
            TradeEffects.reserve(accounts, trade);
        } else if (trade.status() != TradeStatus.FILLED) {
            TradeEffects.release(accounts, trade);
        } else if (fill != null) {
            // It is null if the old watcher has not written it yet.
            TradeEffects.fill(accounts, trade, fill.settlementAmount(), fill.quantity());
        }
    }

    /** Only main has trades without an effect. Before it is taken over, they are left to the take-over. */
    private List<Long> unapplied(long after, String account) {
        boolean takenOver = accounts.read(Account.MAIN).isPresent();
        String sql = Stream.of(AccountEffect.NONE, AccountEffect.RESERVED)
                .flatMap(effect -> Arrays.stream(TradeStatus.values())
                        .filter(status -> effect == AccountEffect.NONE ? takenOver : status != TradeStatus.OPEN)
                        .map(status -> RANGE.formatted(effect.code(), status.code())))
                .collect(Collectors.joining(" UNION ALL "));
        List<?> numbers = entities.createNativeQuery(sql + " ORDER BY trade_no LIMIT " + PAGE_SIZE)
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
