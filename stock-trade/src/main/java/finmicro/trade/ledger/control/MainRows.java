package finmicro.trade.ledger.control;

import finmicro.trade.account.entity.AccountStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The rows that make up the account {@code main} here. */
@ApplicationScoped
public class MainRows {

    /** The key of the effects that a take-over copies from its snapshot; they have no key in the ledger. */
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

    /** The saved status of main; active if main was never forgotten. The cursor is locked. */
    AccountStatus status() {
        return AccountStatus.valueOf((String) entities.createNativeQuery(STATUS).getSingleResult());
    }

    /** Saves the status of main for {@link #status}. The cursor and main are locked. */
    void saveStatus() {
        run("UPDATE feed_cursor SET main_status = (SELECT status FROM accounts WHERE account = 'main') WHERE id = 1");
    }

    /** Deletes account, positions and reservations. Outcomes that were applied stay marked. */
    void clear() {
        run("DELETE FROM positions WHERE account = 'main'");
        run(
                "UPDATE trades SET account_effect = 'N', reserved_cash = NULL WHERE account = 'main' AND account_effect = 'R'");
        run("DELETE FROM accounts WHERE account = 'main'");
    }

    /** Restarts the journal at the next effect, because the totals of earlier effects were deleted with the account. */
    void beginJournal() {
        run("DELETE FROM account_checkpoints WHERE account = 'main'");
        run(BEGIN);
    }

    /**
     * Checks that all deposits and withdrawals were sent to the ledger.
     *
     * @throws IllegalStateException if one is unsent, because the snapshot would not include it; the take-over is retried
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
