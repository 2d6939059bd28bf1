package finmicro.trade.reconciliation.control;

import finmicro.common.persistence.Placeholders;
import finmicro.common.reconciliation.EntryCursor;
import finmicro.trade.ledger.control.MainRows;
import finmicro.trade.reconciliation.entity.Amounts;
import finmicro.trade.reconciliation.entity.EffectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the effects of all accounts, and purges old ones. */
@ApplicationScoped
public class Journal {

    /** Retention of effects. Longer than any outage of the ledger, whose entries are compared with them. */
    public static final Duration RETENTION = Duration.ofDays(7);

    /** Excludes effects of main from before its takeover. */
    private static final String COUNTING =
            " LEFT JOIN account_checkpoints s ON s.account = e.account AND s.item = 'since'"
                    + " WHERE e.sequence > COALESCE(s.total, 0) AND ";

    private static final String AFTER =
            "SELECT e.account, e.effect_key, e.created_at, e.sequence FROM account_effects e"
                    + COUNTING + "e.created_at >= ?1 AND e.created_at < ?2"
                    + " AND (e.created_at > ?1 OR e.account > ?3 OR (e.account = ?3 AND e.sequence > ?4))"
                    + " ORDER BY e.created_at, e.account, e.sequence";

    private static final String FIND = "SELECT e.account, e.effect_key, SUM(e.cash), MAX(e.stock_code), SUM(e.shares)"
            + " FROM account_effects e" + COUNTING + "e.effect_key IN (%s) GROUP BY e.account, e.effect_key";

    private static final String FIRST = "SELECT MIN(created_at) FROM account_effects";

    private static final String OLD = "SELECT o.account, MAX(o.sequence) FROM (SELECT e.account, e.sequence"
            + " FROM account_effects e JOIN account_checkpoints c ON c.account = e.account AND c.item = 'sequence'"
            + " WHERE e.created_at < ?1 AND e.sequence <= c.total AND NOT EXISTS (SELECT 1"
            + " FROM reconciliation_differences d JOIN account_effects x ON x.account = d.account AND x.effect_key = d.effect_key"
            + " WHERE d.account = e.account AND x.sequence <= e.sequence) ORDER BY e.created_at LIMIT 1000) o GROUP BY o.account";

    private static final String PURGE = "DELETE FROM account_effects WHERE account = ?1 AND sequence <= ?2";

    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public Journal(Clock clock) {
        this.clock = clock;
    }

    /** An effect and its place in time order. */
    public record Placed(EffectId id, EntryCursor place) {}

    /** Returns up to {@code limit} effects after {@code place} that are older than {@code age}, in time order. */
    @Transactional
    public List<Placed> after(EntryCursor place, Duration age, int limit) {
        Query query = entities.createNativeQuery(AFTER)
                .setParameter(1, place.time().toEpochMilli())
                .setParameter(2, clock.instant().minus(age).toEpochMilli())
                .setParameter(3, place.account())
                .setParameter(4, place.sequence());
        List<Placed> effects = new ArrayList<>();
        for (Object row : query.setMaxResults(limit).getResultList()) {
            Object[] columns = (Object[]) row;
            String account = (String) columns[0];
            effects.add(new Placed(
                    new EffectId(account, (String) columns[1]),
                    new EntryCursor(Instant.ofEpochMilli(number(columns[2])), account, number(columns[3]))));
        }
        return effects;
    }

    /** Returns the time of the oldest effect; empty without effects. */
    @Transactional
    public Optional<Instant> first() {
        return Optional.ofNullable((Number) entities.createNativeQuery(FIRST).getSingleResult())
                .map(millis -> Instant.ofEpochMilli(millis.longValue()));
    }

    /** Returns the effects under these keys, of all accounts. Sums up effects with the same account and key. */
    @Transactional
    public Map<EffectId, Amounts> find(Collection<String> keys) {
        Map<EffectId, Amounts> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        Query query = entities.createNativeQuery(FIND.formatted(Placeholders.of(keys)));
        int place = 1;
        for (String key : keys) {
            query.setParameter(place++, key);
        }
        for (Object row : query.getResultList()) {
            Object[] columns = (Object[]) row;
            String key = (String) columns[1];
            if (!MainRows.SNAPSHOT.equals(key)) {
                found.put(
                        new EffectId((String) columns[0], key),
                        new Amounts(number(columns[2]), (String) columns[3], number(columns[4])));
            }
        }
        return found;
    }

    /**
     * Deletes about 1000 effects that are older than {@link #RETENTION} and included in a checkpoint. Keeps effects that differ from the
     * ledger, and all later ones of their account.
     *
     * @return the number of deleted effects
     */
    @Transactional
    public int purge() {
        List<?> old = entities.createNativeQuery(OLD)
                .setParameter(1, clock.instant().minus(RETENTION).toEpochMilli())
                .getResultList();
        int purged = 0;
        for (Object row : old) {
            Object[] columns = (Object[]) row;
            purged += entities.createNativeQuery(PURGE)
                    .setParameter(1, columns[0])
                    .setParameter(2, columns[1])
                    .executeUpdate();
        }
        return purged;
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
