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
        TypedQuery<LedgerEntry> query = entities.createQuery(
                "SELECT e FROM LedgerEntry e WHERE " + String.join(" AND ", conditions) + " ORDER BY e.sequence DESC",
                LedgerEntry.class);
        wanted.forEach(query::setParameter);
        return query.setMaxResults(most).getResultList();
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
