package finmicro.trade.order.control;

import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Locks trades and their accounts, accounts first. */
@ApplicationScoped
public class TradeLocks {

    /**
     * The trades and accounts that the current transaction has locked.
     *
     * @param trades by number
     * @param accounts with their positions in the stocks of these trades; empty if buying power is not checked
     */
    public record Locked(Map<Long, Trade> trades, LockedAccounts accounts) {}

    private final Accounts accounts;
    private final boolean checked;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public TradeLocks(Accounts accounts, AccountSettings settings) {
        this.accounts = accounts;
        this.checked = settings.checksBuyingPower();
    }

    /**
     * Locks the trades until the end of the caller's transaction, and their accounts unless another transaction has locked them.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Locked lock(Set<Long> tradeNos) {
        if (tradeNos.isEmpty()) {
            return new Locked(Map.of(), accounts.tryLock(Set.of()));
        }
        return locked(accounts.tryLock(checked ? accountsOf(tradeNos) : Set.of()), tradeNos);
    }

    /** Locks trades of one account. Waits for the lock of the account. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Locked lockWaiting(String account, Set<Long> tradeNos) {
        return locked(accounts.lock(account), tradeNos);
    }

    private Locked locked(LockedAccounts locked, Set<Long> tradeNos) {
        Map<Long, Trade> trades = trades(tradeNos);
        locked.loadPositions(stockCodes(trades.values()));
        return new Locked(trades, locked);
    }

    /** Needs no lock, because the account of a trade never changes. */
    private Set<String> accountsOf(Set<Long> tradeNos) {
        return Set.copyOf(
                entities.createQuery("SELECT DISTINCT t.account FROM Trade t WHERE t.tradeNo IN :numbers", String.class)
                        .setParameter("numbers", List.copyOf(tradeNos))
                        .getResultList());
    }

    /** Locks in the order of trade numbers, to avoid deadlocks. */
    private Map<Long, Trade> trades(Set<Long> tradeNos) {
        return entities.createQuery("SELECT t FROM Trade t WHERE t.tradeNo IN :numbers ORDER BY t.tradeNo", Trade.class)
                .setParameter("numbers", tradeNos.stream().sorted().toList())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(Collectors.toMap(Trade::tradeNo, Function.identity()));
    }

    private static Set<String> stockCodes(Collection<Trade> trades) {
        return trades.stream().map(Trade::stockCode).collect(Collectors.toSet());
    }
}
