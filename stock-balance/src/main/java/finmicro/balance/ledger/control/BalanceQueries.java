package finmicro.balance.ledger.control;

import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads balances. */
@ApplicationScoped
public class BalanceQueries {

    /** Each read is one statement: with two, a booking in between could make the result inconsistent. */
    private static final String MAIN = "SELECT '" + Account.MAIN + "', c.value, c.updateTime, s.stockCode, s.value,"
            + " s.quantity, s.updateTime FROM CashBalance c LEFT JOIN StockBalance s ON c.id = 1 ORDER BY s.stockCode";

    private static final String OTHERS = "SELECT a.account, a.cash, a.updateTime, h.stockCode, h.value, h.quantity,"
            + " h.updateTime FROM LedgerAccount a LEFT JOIN LedgerHolding h ON h.account = a.account"
            + " WHERE a.account IN :accounts ORDER BY a.account, h.stockCode";

    /** Uses the clock of the database. The clock of the task that created the row may differ. */
    static final String UNOPENED = "SELECT account FROM ledger_accounts WHERE NOT opened AND last_sequence > 0"
            + " AND created_at < UTC_TIMESTAMP(3) - INTERVAL ?1 SECOND ORDER BY created_at";

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /**
     * A consistent snapshot of the cash and holdings of an account.
     *
     * @param cash whole yen
     * @param updateTime null for an account without entries
     * @param holdings ordered by stock code, including those sold out
     */
    public record AccountBalance(long cash, OffsetDateTime updateTime, List<Position> holdings) {

        /** The balance of an account that the ledger does not know. */
        static final AccountBalance EMPTY = new AccountBalance(0, null, List.of());
    }

    /**
     * A holding.
     *
     * @param value book value in whole yen
     * @param quantity shares
     */
    public record Position(String stockCode, long value, long quantity, OffsetDateTime updateTime) {}

    /** Returns the balance of one account: for main that of the old tables, for an unknown account an empty one. */
    @Transactional
    public AccountBalance balance(String account) {
        Map<String, AccountBalance> balances = Account.MAIN.equals(account)
                ? byAccount(entities.createQuery(MAIN, Object[].class).getResultList())
                : balances(List.of(account));
        return balances.getOrDefault(account, AccountBalance.EMPTY);
    }

    /**
     * Returns the balances of several accounts.
     *
     * @param accounts at least one, without main
     */
    @Transactional
    public Map<String, AccountBalance> balances(Collection<String> accounts) {
        return byAccount(entities.createQuery(OTHERS, Object[].class)
                .setParameter("accounts", accounts)
                .getResultList());
    }

    /**
     * Returns up to {@code limit} accounts, without main, that were booked on since that moment, ordered by the time of change.
     *
     * @return the sequence number of the last entry, by account id
     */
    @Transactional
    public Map<String, Long> changed(Instant since, int limit) {
        Map<String, Long> sequences = new LinkedHashMap<>();
        entities.createQuery(
                        "SELECT a.account, a.lastSequence FROM LedgerAccount a"
                                + " WHERE a.changedAt >= :since AND a.account <> :main ORDER BY a.changedAt",
                        Object[].class)
                .setParameter("since", LocalDateTime.ofInstant(since, ZoneOffset.UTC))
                .setParameter("main", Account.MAIN)
                .setMaxResults(limit)
                .getResultStream()
                .forEach(row -> sequences.put((String) row[0], (Long) row[1]));
        return sequences;
    }

    /**
     * Returns up to {@code limit} accounts that are still not opened after the grace period, the oldest first.
     *
     * @param grace time since the account was created by its first booking
     */
    @Transactional
    @SuppressWarnings("unchecked")
    public List<String> unopened(Duration grace, int limit) {
        return entities.createNativeQuery(UNOPENED)
                .setParameter(1, grace.toSeconds())
                .setMaxResults(limit)
                .getResultList();
    }

    private static Map<String, AccountBalance> byAccount(List<Object[]> rows) {
        Map<String, AccountBalance> balances = new LinkedHashMap<>();
        for (Object[] row : rows) {
            AccountBalance balance = balances.computeIfAbsent(
                    (String) row[0],
                    account -> new AccountBalance((Long) row[1], (OffsetDateTime) row[2], new ArrayList<>()));
            if (row[3] != null) {
                balance.holdings()
                        .add(new Position((String) row[3], (Long) row[4], (Long) row[5], (OffsetDateTime) row[6]));
            }
        }
        return balances;
    }
}
