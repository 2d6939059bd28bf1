package finmicro.balance.feed.control;

import finmicro.balance.ledger.control.BalanceQueries;
import finmicro.balance.ledger.control.BalanceQueries.AccountBalance;
import finmicro.balance.ledger.control.BalanceQueries.Position;
import finmicro.balance.ledger.control.Ledger;
import finmicro.balance.ledger.entity.FeedHead;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the feed and consistent snapshots of the ledger. */
@ApplicationScoped
public class FeedQueries {

    private static final String PAGE = "SELECT f.position, e FROM FeedPosition f"
            + " JOIN LedgerEntry e ON e.account = f.account AND e.sequence = f.sequence"
            + " WHERE f.position > :after ORDER BY f.position";

    private static final String SNAPSHOT = "SELECT a.cash, a.lastSequence, f.position, h.stockCode, h.quantity"
            + " FROM FeedHead f LEFT JOIN LedgerAccount a ON a.account = :account"
            + " LEFT JOIN LedgerHolding h ON h.account = :account WHERE f.id = 1 ORDER BY h.stockCode";

    private static final String BOOKED = "SELECT m.tradeNo FROM StockMove m WHERE m.tradeNo IN :numbers"
            + " AND m.account = :account AND m.sequence <= :sequence ORDER BY m.tradeNo";

    private final Ledger ledger;
    private final BalanceQueries balances;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Inject
    public FeedQueries(Ledger ledger, BalanceQueries balances) {
        this.ledger = ledger;
        this.balances = balances;
    }

    /** An entry and its position in the feed. */
    public record PositionedEntry(long position, LedgerEntry entry) {}

    /**
     * A page of the feed.
     *
     * @param head last position of the feed, at least that of the page's last entry
     */
    public record Page(List<PositionedEntry> entries, long head) {}

    /**
     * Returns up to {@code limit} entries after a position. Changes that old programs made to main are booked first, so the page
     * includes them.
     */
    @Transactional
    public Page after(long position, int limit) {
        if (isMainChanged()) {
            ledger.bookMainAdjustments();
            entities.flush();
        }
        List<PositionedEntry> entries = entities.createQuery(PAGE, Object[].class)
                .setParameter("after", position)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new PositionedEntry((Long) row[0], (LedgerEntry) row[1]))
                .toList();
        return new Page(entries, entities.find(FeedHead.class, FeedHead.ID).position());
    }

    /**
     * The balances of an account at one point in its history.
     *
     * @param cash whole yen
     * @param sequence sequence number of its last entry at that point; 0 for an account without entries
     * @param feedPosition last position of the feed at that point
     */
    public record Snapshot(long cash, long sequence, long feedPosition, List<Shares> shares) {}

    /** The shares of one stock. */
    public record Shares(String stockCode, long quantity) {}

    /** Reads the account with one statement, after booking changes that old programs made to main. */
    @Transactional
    public Snapshot snapshot(String account) {
        if (Account.MAIN.equals(account)) {
            ledger.bookMainAdjustments();
            entities.flush();
        }
        List<Object[]> rows = entities.createQuery(SNAPSHOT, Object[].class)
                .setParameter("account", account)
                .getResultList();
        List<Shares> shares = rows.stream()
                .filter(row -> row[3] != null)
                .map(row -> new Shares((String) row[3], (Long) row[4]))
                .toList();
        Object[] first = rows.get(0);
        return new Snapshot(longOrZero(first[0]), longOrZero(first[1]), (Long) first[2], shares);
    }

    /**
     * Compares without a lock. A booking between the two statements looks like a change; the check is repeated under the lock.
     */
    private boolean isMainChanged() {
        AccountBalance oldTables = balances.balance(Account.MAIN);
        AccountBalance ledgerTables = balances.balances(List.of(Account.MAIN)).get(Account.MAIN);
        return oldTables.cash() != ledgerTables.cash() || !shares(oldTables).equals(shares(ledgerTables));
    }

    private static Map<String, Long> shares(AccountBalance balance) {
        return balance.holdings().stream()
                .filter(position -> position.quantity() != 0)
                .collect(Collectors.toMap(Position::stockCode, Position::quantity));
    }

    private static long longOrZero(Object value) {
        return value == null ? 0 : (Long) value;
    }

    /** Returns the trades that were booked up to that entry of the account, or settled before the ledger had entries. */
    @Transactional
    public List<Long> booked(String account, long sequence, List<Long> tradeNos) {
        return entities.createQuery(BOOKED, Long.class)
                .setParameter("numbers", tradeNos)
                .setParameter("account", account)
                .setParameter("sequence", sequence)
                .getResultList();
    }
}
