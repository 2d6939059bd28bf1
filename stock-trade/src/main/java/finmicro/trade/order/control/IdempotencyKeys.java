package finmicro.trade.order.control;

import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores each {@code Idempotency-Key} with the trade of its order, to deduplicate repeated orders. A key belongs to an account. Key
 * and trade are stored in one transaction, under the lock of the account.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** How long a repeated order is recognized. */
    public static final Duration RETENTION = Duration.ofDays(1);

    /**
     * A key of an account.
     *
     * @param text the key as the client sent it, without quotes
     */
    public record Key(String account, String text) {

        static Key of(NumberedOrder order) {
            return new Key(order.account(), order.key());
        }
    }

    // Not INSERT IGNORE, because this locks an existing key exclusively.
    private static final String TAKE = "INSERT INTO idempotency_keys (account, idempotency_key, trade_no, created_at)"
            + " VALUES (?1, ?2, ?3, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE idempotency_key = idempotency_key";

    private static final String NUMBER =
            "SELECT trade_no FROM idempotency_keys WHERE account = ?1 AND idempotency_key = ?2";

    private static final String INSERT =
            "INSERT INTO idempotency_keys (account, idempotency_key, trade_no, created_at) VALUES ";

    private static final String TRADES =
            "SELECT t.* FROM idempotency_keys k JOIN trades t ON t.trade_no = k.trade_no WHERE ";

    private static final String KEYS = "SELECT k.account, k.idempotency_key, k.trade_no FROM idempotency_keys k WHERE ";

    private static final String PURGE =
            "DELETE FROM idempotency_keys WHERE created_at < UTC_TIMESTAMP(3) - INTERVAL ?1 SECOND LIMIT 1000";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /**
     * Stores the key for a trade if it is new, and locks it until the end of the caller's transaction. For orders whose account is
     * not locked.
     *
     * @return the trade number that is stored with the key
     */
    long take(String account, String key, long tradeNo) {
        entities.createNativeQuery(TAKE)
                .setParameter(1, account)
                .setParameter(2, key)
                .setParameter(3, tradeNo)
                .executeUpdate();
        Number number = (Number) entities.createNativeQuery(NUMBER)
                .setParameter(1, account)
                .setParameter(2, key)
                .getSingleResult();
        return number.longValue();
    }

    /** The existing trades for the keys of these orders; the caller has locked their accounts. */
    Map<Key, Trade> trades(List<NumberedOrder> orders) {
        List<Key> keys = orders.stream()
                .filter(order -> order.key() != null)
                .map(Key::of)
                .distinct()
                .toList();
        Map<Key, Trade> trades = new HashMap<>();
        if (!keys.isEmpty()) {
            List<?> rows = query(KEYS, keys).getResultList();
            for (Object row : rows) {
                Object[] columns = (Object[]) row;
                trades.put(
                        new Key((String) columns[0], (String) columns[1]),
                        entities.find(Trade.class, ((Number) columns[2]).longValue()));
            }
        }
        return trades;
    }

    /** Stores the keys of orders that the caller's transaction accepts; it has locked their accounts. */
    void insert(List<NumberedOrder> accepted) {
        List<NumberedOrder> keyed =
                accepted.stream().filter(order -> order.key() != null).toList();
        if (keyed.isEmpty()) {
            return;
        }
        Query insert = entities.createNativeQuery(
                INSERT + String.join(", ", Collections.nCopies(keyed.size(), "(?, ?, ?, UTC_TIMESTAMP(3))")));
        int place = 1;
        for (NumberedOrder order : keyed) {
            insert.setParameter(place++, order.account());
            insert.setParameter(place++, order.key());
            insert.setParameter(place++, order.tradeNo());
        }
        insert.executeUpdate();
    }

    /** The current state of the trade that is stored with the key. */
    @Transactional
    public Optional<Trade> trade(String account, String key) {
        List<?> trades =
                query(TRADES, List.of(new Key(account, key)), Trade.class).getResultList();
        return trades.stream().map(Trade.class::cast).findFirst();
    }

    /** One condition per key: both databases then use the primary key, which they do not for a list of pairs. */
    private Query query(String select, List<Key> keys, Class<?>... type) {
        String where =
                String.join(" OR ", Collections.nCopies(keys.size(), "(k.account = ? AND k.idempotency_key = ?)"));
        Query query = type.length == 0
                ? entities.createNativeQuery(select + where)
                : entities.createNativeQuery(select + where, type[0]);
        int place = 1;
        for (Key key : keys) {
            query.setParameter(place++, key.account());
            query.setParameter(place++, key.text());
        }
        return query;
    }

    /** Deletes up to 1000 keys that are older than {@link #RETENTION}. Returns how many. */
    @Transactional
    public int purge() {
        return entities.createNativeQuery(PURGE)
                .setParameter(1, RETENTION.toSeconds())
                .executeUpdate();
    }
}
