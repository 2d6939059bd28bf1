package finmicro.balance.reconciliation.control;

import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.reconciliation.EntryCursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Reads entries of all accounts, for reconciliation with stock-trade. */
@ApplicationScoped
public class BookedEntries {

    /** Minimum age of entries read by time. Newer ones may not be visible yet, or not yet known to stock-trade. */
    public static final Duration MIN_AGE = Duration.ofMinutes(5);

    private static final String AFTER = "SELECT e FROM LedgerEntry e WHERE e.bookedAt >= :time AND e.bookedAt < :until"
            + " AND (e.bookedAt > :time OR e.account > :account OR (e.account = :account AND e.sequence > :sequence))"
            + " ORDER BY e.bookedAt, e.account, e.sequence";

    private final Clock clock;

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    @Inject
    public BookedEntries(Clock clock) {
        this.clock = clock;
    }

    /** Returns up to {@code limit} entries after a place that are older than {@link #MIN_AGE}. */
    @Transactional
    public List<LedgerEntry> after(EntryCursor place, int limit) {
        return entities.createQuery(AFTER, LedgerEntry.class)
                .setParameter("time", utc(place.time()))
                .setParameter("until", utc(clock.instant().minus(MIN_AGE)))
                .setParameter("account", place.account())
                .setParameter("sequence", place.sequence())
                .setMaxResults(limit)
                .getResultList();
    }

    /** Returns the entries that have these keys, regardless of their age. */
    @Transactional
    public List<LedgerEntry> find(List<String> keys) {
        return entities.createQuery(
                        "SELECT e FROM LedgerEntry e WHERE e.key IN :keys ORDER BY e.key", LedgerEntry.class)
                .setParameter("keys", keys)
                .getResultList();
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
