package finmicro.balance.ledger.entity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The position of an entry in the feed. Only entries that stock-trade did not request have one. */
@Entity
@Table(name = "ledger_feed")
public class FeedPosition {

    @Id
    private long position;

    private String account;
    private long sequence;

    protected FeedPosition() {}

    public FeedPosition(long position, LedgerEntry entry) {
        this.position = position;
        this.account = entry.account();
        this.sequence = entry.sequence();
    }

    public long position() {
        return position;
    }
}
