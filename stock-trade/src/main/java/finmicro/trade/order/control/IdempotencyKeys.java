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
 * Which trade the order under a client's {@code Idempotency-Key} became. A key is taken in the transaction that keeps its
 * trade: of two orders under one key that come at the same time, the second waits for the first to commit.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** For how long a repeated order is known as one. */
    public static final Duration KEPT = Duration.ofDays(1);

    private static final String TAKE = "INSERT IGNORE INTO idempotency_keys (idempotency_key, trade_no, created_at)"
            + " VALUES (?1, ?2, UTC_TIMESTAMP(3))";

    private static final String TRADE = "SELECT t.* FROM idempotency_keys k JOIN trades t ON t.trade_no = k.trade_no"
            + " WHERE k.idempotency_key = ?1";

    private static final String PURGE =
            "DELETE FROM idempotency_keys WHERE created_at < UTC_TIMESTAMP(3) - INTERVAL ?1 SECOND LIMIT 1000";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** Takes the key for a trade within the caller's transaction. Returns whether it was free. */
    boolean take(String key, long tradeNo) {
        return entities.createNativeQuery(TAKE)
                        .setParameter(1, key)
                        .setParameter(2, tradeNo)
                        .executeUpdate()
                == 1;
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
