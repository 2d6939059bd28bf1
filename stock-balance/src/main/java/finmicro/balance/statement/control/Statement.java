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
     * Selects entries of an account. A null component does not restrict the selection.
     *
     * @param account never null
     * @param from the first day, JST
     * @param to the last day, JST
     * @param before upper bound of the sequence number, exclusive
     */
    public record Selection(String account, LocalDate from, LocalDate to, String stockCode, Long before) {

        /** Returns this selection, restricted to entries before that sequence number; null for no restriction. */
        public Selection before(Long sequence) {
            return new Selection(account, from, to, stockCode, sequence);
        }
    }

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /** Returns up to {@code limit} newest entries of the selection, by descending sequence number. */
    @Transactional
    public List<LedgerEntry> newest(Selection selection, int limit) {
        Map<String, Object> parameters = new TreeMap<>();
        List<String> conditions = new ArrayList<>();
        add(conditions, parameters, "e.account = :account", "account", selection.account());
        add(conditions, parameters, "e.bookedAt >= :from", "from", startOf(selection.from(), 0));
        add(conditions, parameters, "e.bookedAt < :to", "to", startOf(selection.to(), 1));
        add(conditions, parameters, "e.stockCode = :stockCode", "stockCode", selection.stockCode());
        add(conditions, parameters, "e.sequence < :before", "before", selection.before());
        add(conditions, parameters, "e.bookedAt <= :until", "until", until(selection));
        TypedQuery<LedgerEntry> query = entities.createQuery(
                "SELECT e FROM LedgerEntry e WHERE " + String.join(" AND ", conditions) + " ORDER BY "
                        + (hasDays(selection) ? "e.bookedAt DESC, " : "") + "e.sequence DESC",
                LedgerEntry.class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    /**
     * Whether to sort by time of booking, which gives the same order as the sequence number. For a range of days, the index on
     * times is faster: in order of sequence numbers, the query would also read entries outside the range.
     */
    private static boolean hasDays(Selection selection) {
        return selection.from() != null || selection.to() != null;
    }

    /** Returns the booking time of the cursor's entry, where the index scan starts; null if it is not needed. */
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
            List<String> conditions, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }

    /** Returns the start of a day in Japan, in UTC like the table. */
    private static LocalDateTime startOf(LocalDate day, int plusDays) {
        return day == null
                ? null
                : day.plusDays(plusDays)
                        .atStartOfDay(JapanTime.JST)
                        .withZoneSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
    }
}
