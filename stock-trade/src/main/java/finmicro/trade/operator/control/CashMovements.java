package finmicro.trade.operator.control;

import finmicro.trade.account.entity.CashEntry;
import finmicro.trade.operator.entity.CashMovement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores deposits and withdrawals by key. Keys never expire. The caller must have locked the account. */
@ApplicationScoped
public class CashMovements {

    private static final String FIND = "SELECT movement_no, kind, amount, reference, created_at FROM cash_movements"
            + " WHERE account = ?1 AND movement_key = ?2";

    private static final String INSERT =
            "INSERT INTO cash_movements (account, movement_key, kind, amount, reference, created_at)"
                    + " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    Optional<CashMovement> find(String account, String key) {
        List<?> rows = entities.createNativeQuery(FIND)
                .setParameter(1, account)
                .setParameter(2, key)
                .getResultList();
        return rows.stream().map(row -> movement(account, (Object[]) row)).findFirst();
    }

    private static CashMovement movement(String account, Object[] columns) {
        return new CashMovement(
                ((Number) columns[0]).longValue(),
                account,
                CashEntry.Kind.valueOf((String) columns[1]),
                ((Number) columns[2]).longValue(),
                (String) columns[3],
                Instant.ofEpochMilli(((Number) columns[4]).longValue()));
    }

    CashMovement insert(
            String account, String key, CashEntry.Kind kind, long amount, String reference, Instant createdAt) {
        entities.createNativeQuery(INSERT)
                .setParameter(1, account)
                .setParameter(2, key)
                .setParameter(3, kind.name())
                .setParameter(4, amount)
                .setParameter(5, reference)
                .setParameter(6, createdAt.toEpochMilli())
                .executeUpdate();
        return find(account, key).orElseThrow();
    }
}
