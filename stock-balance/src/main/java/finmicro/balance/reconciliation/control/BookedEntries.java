package finmicro.balance.reconciliation.control;

import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.reconciliation.Place;
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

/** Reads entries of all accounts, for stock-trade to compare. */
@ApplicationScoped
public class BookedEntries {

    /** Younger entries are not read by time: stock-trade may not know them yet, and they may not all be visible. */
    public static final Duration AGE = Duration.ofMinutes(5);

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

    /** The entries after a place, at most so many, that are older than {@link #AGE}. */
    @Transactional
    public List<LedgerEntry> after(Place place, int most) {
        return entities.createQuery(AFTER, LedgerEntry.class)
                .setParameter("time", utc(place.time()))
                .setParameter("until", utc(clock.instant().minus(AGE)))
                .setParameter("account", place.account())
                .setParameter("sequence", place.sequence())
                .setMaxResults(most)
                .getResultList();
    }

    /** Those of the entries that are booked, of any age. */
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
