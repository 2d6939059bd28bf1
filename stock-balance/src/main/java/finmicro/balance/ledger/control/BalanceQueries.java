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

    /** One statement each: between two, a booking may change what the second reads. */
    private static final String MAIN = "SELECT '" + Account.MAIN + "', c.value, c.updateTime, s.stockCode, s.value,"
            + " s.quantity, s.updateTime FROM CashBalance c LEFT JOIN StockBalance s ON c.id = 1 ORDER BY s.stockCode";

    private static final String OTHERS = "SELECT a.account, a.cash, a.updateTime, h.stockCode, h.value, h.quantity,"
            + " h.updateTime FROM LedgerAccount a LEFT JOIN LedgerHolding h ON h.account = a.account"
            + " WHERE a.account IN :accounts ORDER BY a.account, h.stockCode";

    /** By the clock of the database: that of the task that created the row may be another. */
    static final String UNOPENED = "SELECT account FROM ledger_accounts WHERE NOT opened AND last_sequence > 0"
            + " AND created_at < UTC_TIMESTAMP(3) - INTERVAL ?1 SECOND ORDER BY created_at";

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /**
     * Cash and holdings of an account as of one moment.
     *
     * @param cash whole yen
     * @param updateTime null for an account without entries
     * @param holdings by stock code, those sold out among them
     */
    public record Books(long cash, OffsetDateTime updateTime, List<Position> holdings) {

        /** The books of an account that the ledger does not know. */
        static final Books EMPTY = new Books(0, null, List.of());
    }

    /**
     * A holding.
     *
     * @param value book value in whole yen
     * @param quantity shares
     */
    public record Position(String stockCode, long value, long quantity, OffsetDateTime updateTime) {}

    /** The books of one account: of main as old programs have them too, of an unknown one empty. */
    @Transactional
    public Books books(String account) {
        Map<String, Books> books = Account.MAIN.equals(account)
                ? byAccount(entities.createQuery(MAIN, Object[].class).getResultList())
                : books(List.of(account));
        return books.getOrDefault(account, Books.EMPTY);
    }

    /**
     * The books of several accounts.
     *
     * @param accounts other ones than main; at least one
     */
    @Transactional
    public Map<String, Books> books(Collection<String> accounts) {
        return byAccount(entities.createQuery(OTHERS, Object[].class)
                .setParameter("accounts", accounts)
                .getResultList());
    }

    /**
     * The accounts other than main that were booked on since that moment, the older changes first.
     *
     * @return by account id, the sequence number of its last entry
     */
    @Transactional
    public Map<String, Long> changed(Instant since, int most) {
        Map<String, Long> sequences = new LinkedHashMap<>();
        entities.createQuery(
                        "SELECT a.account, a.lastSequence FROM LedgerAccount a"
                                + " WHERE a.changedAt >= :since AND a.account <> :main ORDER BY a.changedAt",
                        Object[].class)
                .setParameter("since", LocalDateTime.ofInstant(since, ZoneOffset.UTC))
                .setParameter("main", Account.MAIN)
                .setMaxResults(most)
                .getResultStream()
                .forEach(row -> sequences.put((String) row[0], (Long) row[1]));
        return sequences;
    }

    /**
     * Accounts that were booked on for the first time so long ago and are not opened, the oldest first.
     *
     * @param most how many at most
     */
    @Transactional
    @SuppressWarnings("unchecked")
    public List<String> unopened(Duration grace, int most) {
        return entities.createNativeQuery(UNOPENED)
                .setParameter(1, grace.toSeconds())
                .setMaxResults(most)
                .getResultList();
    }

    private static Map<String, Books> byAccount(List<Object[]> rows) {
        Map<String, Books> books = new LinkedHashMap<>();
        for (Object[] row : rows) {
            Books one = books.computeIfAbsent(
                    (String) row[0], account -> new Books((Long) row[1], (OffsetDateTime) row[2], new ArrayList<>()));
            if (row[3] != null) {
                one.holdings()
                        .add(new Position((String) row[3], (Long) row[4], (Long) row[5], (OffsetDateTime) row[6]));
            }
        }
        return books;
    }
}
