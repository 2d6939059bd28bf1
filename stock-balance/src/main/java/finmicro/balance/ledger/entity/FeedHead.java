package finmicro.balance.ledger.entity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The last position of the feed. A booking locks its only row last, and until its commit. */
@Entity
@Table(name = "ledger_feed_head")
public class FeedHead {

    /** The key of the only row. */
    public static final int ID = 1;

    @Id
    private int id;

    private long position;

    protected FeedHead() {}

    /** Advances to the next position, and returns it. */
    public long next() {
        return ++position;
    }

    public long position() {
        return position;
    }
}
