package finmicro.balance.statement.control;

import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.time.JapanTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the entries of an account. */
@ApplicationScoped
public class Statement {

    /**
     * Which entries of an account; null wherever it does not matter.
     *
     * @param account never null
     * @param from the first day, JST
     * @param to the last day, JST
     * @param before only those with a smaller sequence number
     */
    public record Selection(String account, LocalDate from, LocalDate to, String stockCode, Long before) {

        /** The same, of the entries before that sequence number; null for all. */
        public Selection before(Long sequence) {
            return new Selection(account, from, to, stockCode, sequence);
        }
    }

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /** The newest entries of the selection, by sequence number descending; at most so many. */
    @Transactional
    public List<LedgerEntry> newest(Selection selection, int most) {
        Map<String, Object> wanted = new TreeMap<>();
        List<String> conditions = new ArrayList<>();
        add(conditions, wanted, "e.account = :account", "account", selection.account());
        add(conditions, wanted, "e.bookedAt >= :from", "from", startOf(selection.from(), 0));
        add(conditions, wanted, "e.bookedAt < :to", "to", startOf(selection.to(), 1));
        add(conditions, wanted, "e.stockCode = :stockCode", "stockCode", selection.stockCode());
        add(conditions, wanted, "e.sequence < :before", "before", selection.before());
        add(conditions, wanted, "e.bookedAt <= :until", "until", until(selection));
        TypedQuery<LedgerEntry> query = entities.createQuery(
                "SELECT e FROM LedgerEntry e WHERE " + String.join(" AND ", conditions) + " ORDER BY "
                        + (hasDays(selection) ? "e.bookedAt DESC, " : "") + "e.sequence DESC",
                LedgerEntry.class);
        wanted.forEach(query::setParameter);
        return query.setMaxResults(most).getResultList();
    }

    /**
     * The time of booking never decreases within an account, so the order by time is that by sequence number. With days, the
     * index of times serves it: by sequence number, the entries before or after those days would be read too.
     */
    private static boolean hasDays(Selection selection) {
        return selection.from() != null || selection.to() != null;
    }

    /** When the entry of the cursor was booked, so that the index is read from there on; null if that does not matter. */
    private LocalDateTime until(Selection selection) {
        if (selection.before() == null || !hasDays(selection)) {
            return null;
        }
        return entities.createQuery(
                        "SELECT e.bookedAt FROM LedgerEntry e WHERE e.account = :account AND e.sequence = :before",
                        LocalDateTime.class)
                .setParameter("account", selection.account())
                .setParameter("before", selection.before())
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private static void add(
            List<String> conditions, Map<String, Object> wanted, String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            wanted.put(name, value);
        }
    }

    /** As the table has it: UTC. */
    private static LocalDateTime startOf(LocalDate day, int later) {
        return day == null
                ? null
                : day.plusDays(later)
                        .atStartOfDay(JapanTime.JST)
                        .withZoneSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
    }
}
