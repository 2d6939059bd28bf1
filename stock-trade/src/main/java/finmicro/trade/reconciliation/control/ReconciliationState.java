package finmicro.trade.reconciliation.control;

import finmicro.common.persistence.Placeholders;
import finmicro.common.reconciliation.EntryCursor;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.reconciliation.entity.EffectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stores the progress of the comparison and the open differences, shared by all tasks. Concurrent comparisons of the same entries are
 * harmless.
 */
@ApplicationScoped
public class ReconciliationState {

    /** A sequence of entries that is compared in time order. */
    public enum Side {
        /** Effects in the journal; the ledger should have an entry for each. */
        EFFECTS,
        /** Ledger entries; the journal should have an effect for each. */
        ENTRIES
    }

    private static final String PLACE = "SELECT place FROM reconciliation_cursors WHERE side = ?1";

    private static final String MOVE = "INSERT INTO reconciliation_cursors (side, place) VALUES (?1, ?2)"
            + " ON DUPLICATE KEY UPDATE place = VALUES(place)";

    private static final String OPEN = "SELECT account, effect_key FROM reconciliation_differences"
            + " WHERE account > ?1 OR (account = ?1 AND effect_key > ?2) ORDER BY account, effect_key";

    private static final String ADD = "INSERT INTO reconciliation_differences (account, effect_key, found_at)"
            + " VALUES (?1, ?2, ?3) ON DUPLICATE KEY UPDATE found_at = found_at";

    private static final String REMOVE =
            "DELETE FROM reconciliation_differences WHERE account = ?1 AND effect_key = ?2";

    private static final String UNSENT = "SELECT message_id FROM outbox WHERE message_id IN (%s) AND state = 'W'";

    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public ReconciliationState(Clock clock) {
        this.clock = clock;
    }

    /** Returns the last compared place of the side; empty before the first comparison. */
    @Transactional
    public Optional<EntryCursor> place(Side side) {
        List<?> places =
                entities.createNativeQuery(PLACE).setParameter(1, side.name()).getResultList();
        return places.stream().map(place -> EntryCursor.of((String) place)).findFirst();
    }

    /** Stores the last compared place of the side. */
    @Transactional
    public void move(Side side, EntryCursor place) {
        entities.createNativeQuery(MOVE)
                .setParameter(1, side.name())
                .setParameter(2, place.toString())
                .executeUpdate();
    }

    /** Returns up to {@code limit} open differences after {@code after}, ordered by account and key. */
    @Transactional
    public List<EffectId> open(EffectId after, int limit) {
        List<?> rows = query(OPEN, after).setMaxResults(limit).getResultList();
        return rows.stream()
                .map(row -> (Object[]) row)
                .map(row -> new EffectId((String) row[0], (String) row[1]))
                .toList();
    }

    /** Stores open differences. */
    @Transactional
    public void add(Collection<EffectId> differing) {
        for (EffectId id : differing) {
            query(ADD, id).setParameter(3, clock.millis()).executeUpdate();
        }
    }

    /** Deletes resolved differences. */
    @Transactional
    public void remove(Collection<EffectId> matching) {
        for (EffectId id : matching) {
            query(REMOVE, id).executeUpdate();
        }
    }

    private Query query(String sql, EffectId id) {
        return entities.createNativeQuery(sql).setParameter(1, id.account()).setParameter(2, id.key());
    }

    /** Returns the keys whose outbox message to the ledger is not sent yet. */
    @Transactional
    public Set<String> unsent(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        Map<String, String> messages = new HashMap<>();
        keys.forEach(key -> messages.put(OutboxMessage.idOfEntry(key), key));
        Query query = entities.createNativeQuery(UNSENT.formatted(Placeholders.of(messages.keySet())));
        int place = 1;
        for (String id : messages.keySet()) {
            query.setParameter(place++, id);
        }
        List<?> waiting = query.getResultList();
        return waiting.stream().map(messages::get).collect(Collectors.toSet());
    }
}
