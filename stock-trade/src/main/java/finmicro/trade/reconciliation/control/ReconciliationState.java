package finmicro.trade.reconciliation.control;

import finmicro.common.persistence.Placeholders;
import finmicro.common.reconciliation.Place;
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
 * How far effects and entries are compared, and which do not match. All tasks share it; two that compare the same at once do no
 * harm.
 */
@ApplicationScoped
public class ReconciliationState {

    /** What is read in the order of time. */
    public enum Side {
        /** Effects here, each of which the ledger should have. */
        EFFECTS,
        /** Entries of the ledger, each of which should have an effect here. */
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

    /** Up to where that side is compared; empty if it never was. */
    @Transactional
    public Optional<Place> place(Side side) {
        List<?> places =
                entities.createNativeQuery(PLACE).setParameter(1, side.name()).getResultList();
        return places.stream().map(place -> Place.of((String) place)).findFirst();
    }

    /** Records up to where that side is compared. */
    @Transactional
    public void move(Side side, Place place) {
        entities.createNativeQuery(MOVE)
                .setParameter(1, side.name())
                .setParameter(2, place.toString())
                .executeUpdate();
    }

    /** The next ones that did not match, by account and key. */
    @Transactional
    public List<EffectId> open(EffectId after, int most) {
        List<?> rows = query(OPEN, after).setMaxResults(most).getResultList();
        return rows.stream()
                .map(row -> (Object[]) row)
                .map(row -> new EffectId((String) row[0], (String) row[1]))
                .toList();
    }

    /** Records those that do not match. */
    @Transactional
    public void add(Collection<EffectId> differing) {
        for (EffectId id : differing) {
            query(ADD, id).setParameter(3, clock.millis()).executeUpdate();
        }
    }

    /** Removes those that match again. */
    @Transactional
    public void remove(Collection<EffectId> matching) {
        for (EffectId id : matching) {
            query(REMOVE, id).executeUpdate();
        }
    }

    private Query query(String sql, EffectId id) {
        return entities.createNativeQuery(sql).setParameter(1, id.account()).setParameter(2, id.key());
    }

    /** Those of the keys whose message, which has the ledger book, still waits to be sent. */
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
