package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.FeedHead;
import finmicro.balance.ledger.entity.FeedPosition;
import finmicro.balance.ledger.entity.LedgerEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Appends entries to the feed. */
@ApplicationScoped
public class FeedWriter {

    @PersistenceContext(unitName = "balance")
    private EntityManager entities;

    /**
     * Appends entries at the end of the caller's transaction, after everything else is written. The transaction locks the head
     * last and until its commit, so positions become visible in order.
     */
    void append(List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        entities.flush();
        FeedHead head = entities.find(FeedHead.class, FeedHead.ID, LockModeType.PESSIMISTIC_WRITE);
        for (LedgerEntry entry : entries) {
            entities.persist(new FeedPosition(head.next(), entry));
        }
    }
}
