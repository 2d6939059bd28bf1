package finmicro.trade.ledger.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * The position up to which the feed of stock-balance is applied. The row is locked before any account, and only by a task that reads
 * the feed, takes {@code main} over, or forgets it.
 */
@ApplicationScoped
public class FeedCursor {

    private static final String READ = "SELECT position, main_position FROM feed_cursor WHERE id = 1";
    private static final String MAIN_SEQUENCE =
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM accounts WHERE account = 'main')"
                    + " THEN main_sequence ELSE 9223372036854775807 END FROM feed_cursor WHERE id = 1";

    private static final String MOVE = "UPDATE feed_cursor SET position = ?1 WHERE id = 1";
    private static final String TAKE_OVER =
            "UPDATE feed_cursor SET main_position = ?1, main_sequence = ?2 WHERE id = 1";

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /**
     * A state of the cursor.
     *
     * @param position the last applied position
     * @param mainPosition the last position in the snapshot from which {@code main} was taken over
     */
    public record State(long position, long mainPosition) {}

    /** Reads the last committed cursor. */
    @Transactional
    public State read() {
        return state(entities.createNativeQuery(READ).getSingleResult());
    }

    /**
     * The last entry of {@code main} in the snapshot from which it was taken over. Before that, the maximum number, because the
     * snapshot will include every entry.
     */
    @Transactional
    public long mainSequence() {
        return ((Number) entities.createNativeQuery(MAIN_SEQUENCE).getSingleResult()).longValue();
    }

    /** Locks the cursor within the caller's transaction; empty if another task has locked it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<State> lock() {
        List<?> rows =
                entities.createNativeQuery(READ + " FOR UPDATE SKIP LOCKED").getResultList();
        return rows.stream().map(FeedCursor::state).findFirst();
    }

    /** Locks the cursor within the caller's transaction. Waits if another task has locked it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void lockWaiting() {
        entities.createNativeQuery(READ + " FOR UPDATE").getSingleResult();
    }

    /** Moves the cursor, which the caller's transaction has locked. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void move(long position) {
        entities.createNativeQuery(MOVE).setParameter(1, position).executeUpdate();
    }

    /** Stores position and sequence of the snapshot from which {@code main} is taken over. The cursor is locked. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void takeOver(long mainPosition, long mainSequence) {
        entities.createNativeQuery(TAKE_OVER)
                .setParameter(1, mainPosition)
                .setParameter(2, mainSequence)
                .executeUpdate();
    }

    private static State state(Object row) {
        Object[] columns = (Object[]) row;
        return new State(((Number) columns[0]).longValue(), ((Number) columns[1]).longValue());
    }
}
