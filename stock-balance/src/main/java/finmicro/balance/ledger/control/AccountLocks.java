package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.LedgerAccount;
import finmicro.balance.ledger.entity.LedgerHolding;
import finmicro.common.persistence.Placeholders;
import finmicro.common.time.JapanTime;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Locks accounts, always in the order of their ids. The lock of an account is its row in {@code ledger_accounts}. It also
 * protects the account's holdings and entries, which only bookings write.
 */
@ApplicationScoped
public class AccountLocks {

    /** Forces the primary key: a scan of a small table would wait for rows of other accounts. */
    private static final String LOCK =
            "SELECT * FROM ledger_accounts FORCE INDEX (PRIMARY) WHERE account IN (%s) ORDER BY account FOR UPDATE";

    private static final String TRY_LOCK = LOCK + " SKIP LOCKED";
    private static final String EXISTING = "SELECT account FROM ledger_accounts WHERE account IN (%s)";

    /** If two transactions create an account at the same time, the second one waits for the first. */
    private static final String CREATE = "INSERT INTO ledger_accounts (account, created_at, changed_at, update_time)"
            + " VALUES (?1, ?2, ?3, ?4) ON DUPLICATE KEY UPDATE account = account";

    private final Clock clock;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Inject
    public AccountLocks(Clock clock) {
        this.clock = clock;
    }

    /**
     * Locks the accounts until the end of the transaction. Creates missing accounts, without opening them.
     *
     * @param stockCodes stocks whose holdings are read; ignored for main, whose holdings are all read
     * @return the locked accounts by account id
     */
    Map<String, LockedAccount> lock(Set<String> ids, Set<String> stockCodes) {
        return lock(ids, stockCodes, true);
    }

    /**
     * Like {@link #lock}, but skips accounts that another transaction has locked. Waits only for a transaction that creates one
     * of the accounts at the same time.
     */
    Map<String, LockedAccount> tryLock(Set<String> ids, Set<String> stockCodes) {
        return lock(ids, stockCodes, false);
    }

    private Map<String, LockedAccount> lock(Set<String> ids, Set<String> stockCodes, boolean waits) {
        Instant now = clock.instant();
        Map<String, LockedAccount> accounts = new TreeMap<>();
        SortedSet<String> missing = new TreeSet<>(ids);
        for (LedgerAccount account : locked(missing, waits ? LOCK : TRY_LOCK)) {
            missing.remove(account.account());
            accounts.put(account.account(), new LockedAccount(entities, account, now));
        }
        if (!waits) {
            missing.removeAll(existing(missing));
        }
        missing.forEach(id -> create(id, now));
        locked(missing, LOCK)
                .forEach(account -> accounts.put(account.account(), new LockedAccount(entities, account, now)));
        holdings(accounts.keySet(), stockCodes)
                .forEach(holding -> accounts.get(holding.account()).add(holding));
        return accounts;
    }

    @SuppressWarnings("unchecked")
    private List<LedgerAccount> locked(SortedSet<String> ids, String sql) {
        return ids.isEmpty()
                ? List.of()
                : with(ids, entities.createNativeQuery(sql.formatted(Placeholders.of(ids)), LedgerAccount.class))
                        .getResultList();
    }

    /** Reads without a lock, so it also finds locked rows. */
    @SuppressWarnings("unchecked")
    private List<String> existing(SortedSet<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : with(ids, entities.createNativeQuery(EXISTING.formatted(Placeholders.of(ids))))
                        .getResultList();
    }

    private static Query with(SortedSet<String> ids, Query query) {
        int index = 0;
        for (String id : ids) {
            query.setParameter(++index, id);
        }
        return query;
    }

    private void create(String id, Instant now) {
        LocalDateTime at = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        entities.createNativeQuery(CREATE)
                .setParameter(1, id)
                .setParameter(2, at)
                .setParameter(3, at)
                .setParameter(4, JapanTime.text(JapanTime.of(now)))
                .executeUpdate();
    }

    private List<LedgerHolding> holdings(Set<String> ids, Set<String> stockCodes) {
        if (ids.isEmpty() || stockCodes.isEmpty() && !ids.contains(Account.MAIN)) {
            return List.of();
        }
        // An empty list is not valid in SQL.
        Set<String> codes = stockCodes.isEmpty() ? Set.of("") : stockCodes;
        return entities.createQuery(
                        "SELECT h FROM LedgerHolding h WHERE h.account IN :ids"
                                + " AND (h.stockCode IN :codes OR h.account = :main)",
                        LedgerHolding.class)
                .setParameter("ids", ids)
                .setParameter("codes", codes)
                .setParameter("main", Account.MAIN)
                .getResultList();
    }
}
