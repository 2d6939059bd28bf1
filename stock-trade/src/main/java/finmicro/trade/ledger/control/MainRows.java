package finmicro.trade.ledger.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The rows that make up the account {@code main} here. */
@ApplicationScoped
public class MainRows {

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** Deletes account and positions, and what they reserved; outcomes that were applied stay marked. */
    void clear() {
        run("DELETE FROM positions WHERE account = 'main'");
        run(
                "UPDATE trades SET account_effect = 'N', reserved_cash = NULL WHERE account = 'main' AND account_effect = 'R'");
        run("DELETE FROM accounts WHERE account = 'main'");
    }

    private void run(String sql) {
        entities.createNativeQuery(sql).executeUpdate();
    }
}
