package finmicro.trade.ledger.control;

import finmicro.trade.account.entity.AccountStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The rows that make up the account {@code main} here. */
@ApplicationScoped
public class MainRows {

    /** The key of effects that are not in the ledger under a key: what the snapshot of a take-over has. */
    public static final String SNAPSHOT = "snapshot-main";

    private static final String BEGIN = "INSERT INTO account_checkpoints (account, item, total)"
            + " SELECT a.account, i.item, a.last_sequence FROM accounts a"
            + " JOIN (SELECT 'sequence' AS item UNION ALL SELECT 'since') i WHERE a.account = 'main'";

    private static final String UNSENT_CASH = "SELECT COUNT(*) FROM outbox o"
            + " JOIN cash_movements c ON c.movement_no = CAST(SUBSTRING(o.message_id, 13) AS UNSIGNED)"
            + " WHERE o.message_id LIKE 'settle-cash-%' AND o.state IN ('W', 'P') AND c.account = 'main'";

    private static final String STATUS = "SELECT main_status FROM feed_cursor WHERE id = 1";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** The status that main had when it was forgotten; active if it never was. The cursor is locked. */
    AccountStatus status() {
        return AccountStatus.valueOf((String) entities.createNativeQuery(STATUS).getSingleResult());
    }

    /** Keeps the status of main for {@link #status}. The cursor and main are locked. */
    void keepStatus() {
        run("UPDATE feed_cursor SET main_status = (SELECT status FROM accounts WHERE account = 'main') WHERE id = 1");
    }

    /** Deletes account and positions, and what they reserved; outcomes that were applied stay marked. */
    void clear() {
        run("DELETE FROM positions WHERE account = 'main'");
        run(
                "UPDATE trades SET account_effect = 'N', reserved_cash = NULL WHERE account = 'main' AND account_effect = 'R'");
        run("DELETE FROM accounts WHERE account = 'main'");
    }

    /** Begins the journal anew, with the next effect. What effects before had done went with the rows that were deleted. */
    void beginJournal() {
        run("DELETE FROM account_checkpoints WHERE account = 'main'");
        run(BEGIN);
    }

    /**
     * Checks that the ledger has booked all deposits and withdrawals.
     *
     * @throws IllegalStateException if one is not sent, because it would be in no snapshot; the take-over waits for it
     */
    void requireCashBooked() {
        long unsent = ((Number) entities.createNativeQuery(UNSENT_CASH).getSingleResult()).longValue();
        if (unsent > 0) {
            throw new IllegalStateException(
                    unsent + " deposits or withdrawals of main are not booked in the ledger yet: see the outbox");
        }
    }

    private void run(String sql) {
        entities.createNativeQuery(sql).executeUpdate();
    }
}
