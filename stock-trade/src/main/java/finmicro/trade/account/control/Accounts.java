package finmicro.trade.account.control;

import finmicro.common.persistence.Placeholders;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.TradingAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Locks accounts. The row of an account guards its cash, its positions, and the account effect of its trades. Lock order in every
 * transaction: accounts by id, positions, idempotency keys, trades by number, outbox.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Accounts {

    private static final String LOCK = "SELECT * FROM accounts WHERE account IN (%s) ORDER BY account FOR UPDATE";
    private static final String LOCK_FREE = LOCK + " SKIP LOCKED";
    private static final String EXISTING = "SELECT account FROM accounts WHERE account IN (%s)";

    // The update must change an existing row: MySQL then reports 2 affected rows, and 1 for an insert.
    private static final String CREATE =
            "INSERT INTO accounts (account, status, cash, opened_at, changed_at, last_sequence) VALUES (?1, ?2, 0, %s, ?3,"
                    + " (SELECT COALESCE(MAX(e.sequence), 0) FROM account_effects e WHERE e.account = ?1))"
                    + " ON DUPLICATE KEY UPDATE changed_at = accounts.changed_at + 1";
    private static final String CREATE_OPEN = CREATE.formatted("?3");
    private static final String CREATE_UNOPENED = CREATE.formatted("NULL");

    private static final String OPEN = "UPDATE accounts SET status = 'ACTIVE', opened_at = ?2"
            + " WHERE account = ?1 AND opened_at IS NULL AND status <> 'CLOSED'";

    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public Accounts(Clock clock) {
        this.clock = clock;
    }

    /** Locks the accounts that no other transaction has locked, without waiting. */
    public LockedAccounts tryLock(Set<String> accounts) {
        if (accounts.isEmpty()) {
            return new LockedAccounts(List.of(), Set.of(), entities, clock);
        }
        List<TradingAccount> free = locked(LOCK_FREE, accounts);
        Set<String> rest = new TreeSet<>(accounts);
        free.forEach(account -> rest.remove(account.account()));
        return new LockedAccounts(free, rest.isEmpty() ? rest : existing(rest), entities, clock);
    }

    /** Locks the accounts. Waits for other transactions, up to the lock wait timeout of the database for each account. */
    public LockedAccounts lock(Set<String> accounts) {
        List<TradingAccount> locked = accounts.isEmpty() ? List.of() : locked(LOCK, accounts);
        return new LockedAccounts(locked, Set.of(), entities, clock);
    }

    /** Locks the account. Waits for other transactions. */
    public LockedAccounts lock(String account) {
        return lock(Set.of(account));
    }

    /**
     * Creates an account without cash, and locks its row. Waits for a transaction that is creating the same account. If the id was
     * used before, the journal continues with the next sequence number.
     *
     * @return true if the account is new; an existing account is only locked
     */
    public boolean create(String account, AccountStatus status) {
        return create(CREATE_OPEN, account, status);
    }

    /** Creates a suspended account that is not opened yet; otherwise like {@link #create}. */
    public boolean createUnopened(String account) {
        return create(CREATE_UNOPENED, account, AccountStatus.SUSPENDED);
    }

    /**
     * Opens and activates an account that {@link #createUnopened} created. Its row must be locked.
     *
     * @return false, without a change, if the account is already open or closed
     */
    public boolean open(String account) {
        return entities.createNativeQuery(OPEN)
                        .setParameter(1, account)
                        .setParameter(2, clock.millis())
                        .executeUpdate()
                == 1;
    }

    private boolean create(String sql, String account, AccountStatus status) {
        return entities.createNativeQuery(sql)
                        .setParameter(1, account)
                        .setParameter(2, status.name())
                        .setParameter(3, clock.millis())
                        .executeUpdate()
                == 1;
    }

    /** Reads the account without a lock. */
    public Optional<TradingAccount> read(String account) {
        return Optional.ofNullable(entities.find(TradingAccount.class, account));
    }

    private Set<String> existing(Set<String> accounts) {
        List<?> rows = query(entities.createNativeQuery(EXISTING.formatted(Placeholders.of(accounts))), accounts)
                .getResultList();
        return rows.stream().map(String.class::cast).collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked")
    private List<TradingAccount> locked(String sql, Set<String> accounts) {
        return query(
                        entities.createNativeQuery(sql.formatted(Placeholders.of(accounts)), TradingAccount.class),
                        accounts)
                // Without a refresh, JPA may return what this transaction read before it got the lock.
                .setHint("eclipselink.refresh", "true")
                .getResultList();
    }

    private static Query query(Query query, Collection<String> values) {
        int place = 1;
        for (String value : values) {
            query.setParameter(place++, value);
        }
        return query;
    }
}
