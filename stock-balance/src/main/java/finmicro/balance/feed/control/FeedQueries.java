package finmicro.balance.feed.control;

import finmicro.balance.ledger.control.BalanceQueries;
import finmicro.balance.ledger.control.BalanceQueries.Books;
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

/** Reads the feed, and the ledger as of one moment. */
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

    /** An entry at its position in the feed. */
    public record Positioned(long position, LedgerEntry entry) {}

    /**
     * A part of the feed.
     *
     * @param head the last position there is, at least the last one of the part
     */
    public record Part(List<Positioned> entries, long head) {}

    /**
     * The entries after a position, at most so many. What old programs have changed in main is booked before, so that it is
     * among them.
     */
    @Transactional
    public Part after(long position, int most) {
        if (isMainChanged()) {
            ledger.adoptMain();
            entities.flush();
        }
        List<Positioned> page = entities.createQuery(PAGE, Object[].class)
                .setParameter("after", position)
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Positioned((Long) row[0], (LedgerEntry) row[1]))
                .toList();
        return new Part(page, entities.find(FeedHead.class, FeedHead.ID).position());
    }

    /**
     * An account at one point of its history.
     *
     * @param cash whole yen
     * @param sequence of its last entry by then; 0 for an account without entries
     * @param feedPosition the last position of the feed by then
     */
    public record Snapshot(long cash, long sequence, long feedPosition, List<Shares> shares) {}

    /** Shares of one stock. */
    public record Shares(String stockCode, long quantity) {}

    /** The account by one statement. What old programs have changed in main is booked before. */
    @Transactional
    public Snapshot snapshot(String account) {
        if (Account.MAIN.equals(account)) {
            ledger.adoptMain();
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
        return new Snapshot(number(first[0]), number(first[1]), (Long) first[2], shares);
    }

    /** Without a lock: a booking between the two statements is taken for a change, and found to be none under the lock. */
    private boolean isMainChanged() {
        Books old = balances.books(Account.MAIN);
        Books booked = balances.books(List.of(Account.MAIN)).get(Account.MAIN);
        return old.cash() != booked.cash() || !shares(old).equals(shares(booked));
    }

    private static Map<String, Long> shares(Books books) {
        return books.holdings().stream()
                .filter(position -> position.quantity() != 0)
                .collect(Collectors.toMap(Position::stockCode, Position::quantity));
    }

    private static long number(Object value) {
        return value == null ? 0 : (Long) value;
    }

    /** Those of the trades that are booked by that entry of the account, or were before there were entries. */
    @Transactional
    public List<Long> booked(String account, long sequence, List<Long> tradeNos) {
        return entities.createQuery(BOOKED, Long.class)
                .setParameter("numbers", tradeNos)
                .setParameter("account", account)
                .setParameter("sequence", sequence)
                .getResultList();
    }
}
