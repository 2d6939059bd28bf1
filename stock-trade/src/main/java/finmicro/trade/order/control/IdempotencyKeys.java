package finmicro.trade.order.control;

import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which trade the order under a client's {@code Idempotency-Key} became, or is about to become. A key is taken in the
 * first transaction of its order: of two orders under one key that come at the same time, the second waits for it.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** For how long a repeated order is known as one. */
    public static final Duration KEPT = Duration.ofDays(1);

    // Not INSERT IGNORE: where the key is there, this takes its lock for itself alone.
    private static final String TAKE = "INSERT INTO idempotency_keys (idempotency_key, trade_no, created_at)"
            + " VALUES (?1, ?2, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE idempotency_key = idempotency_key";

    private static final String NUMBER = "SELECT trade_no FROM idempotency_keys WHERE idempotency_key = ?1";

    private static final String LEAD = "UPDATE idempotency_keys SET trade_no = ?2 WHERE idempotency_key = ?1";

    private static final String TRADE = "SELECT t.* FROM idempotency_keys k JOIN trades t ON t.trade_no = k.trade_no"
            + " WHERE k.idempotency_key = ?1";

    private static final String PURGE =
            "DELETE FROM idempotency_keys WHERE created_at < UTC_TIMESTAMP(3) - INTERVAL ?1 SECOND LIMIT 1000";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /**
     * Takes the key for a trade, if it is free, and locks it until the end of the caller's transaction.
     *
     * @return the number that the key leads to
     */
    long take(String key, long tradeNo) {
        change(TAKE, key, tradeNo);
        Number number =
                (Number) entities.createNativeQuery(NUMBER).setParameter(1, key).getSingleResult();
        return number.longValue();
    }

    /** Has the key, which the caller's transaction has locked, lead to another trade. */
    void lead(String key, long tradeNo) {
        change(LEAD, key, tradeNo);
    }

    private void change(String sql, String key, long tradeNo) {
        entities.createNativeQuery(sql)
                .setParameter(1, key)
                .setParameter(2, tradeNo)
                .executeUpdate();
    }

    /** The trade that the key was taken for, as it stands now. */
    @Transactional
    public Optional<Trade> trade(String key) {
        List<?> trades = entities.createNativeQuery(TRADE, Trade.class)
                .setParameter(1, key)
                .getResultList();
        return trades.stream().map(Trade.class::cast).findFirst();
    }

    /** Forgets up to 1000 keys that are older than {@link #KEPT}. Returns how many. */
    @Transactional
    public int purge() {
        return entities.createNativeQuery(PURGE)
                .setParameter(1, KEPT.toSeconds())
                .executeUpdate();
    }
}
