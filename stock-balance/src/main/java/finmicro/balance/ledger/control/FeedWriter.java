package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.FeedHead;
import finmicro.balance.ledger.entity.FeedPosition;
import finmicro.balance.ledger.entity.LedgerEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Gives entries their positions in the feed. */
@ApplicationScoped
public class FeedWriter {

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /**
     * Appends entries at the end of the caller's transaction. The lock on the head is the last one it takes: everything else
     * is written before, and the head stays locked until the commit. So positions become visible in their order.
     */
    void append(List<LedgerEntry> added) {
        if (added.isEmpty()) {
            return;
        }
        entities.flush();
        FeedHead head = entities.find(FeedHead.class, FeedHead.ID, LockModeType.PESSIMISTIC_WRITE);
        for (LedgerEntry entry : added) {
            entities.persist(new FeedPosition(head.next(), entry));
        }
    }
}
