package finmicro.trade.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A change of the cash and of one position of an account, in its journal. Immutable, and written in the same transaction as the
 * change. Reconciliation compares it with the account and with the ledger.
 */
@Entity
@Table(name = "account_effects")
@IdClass(BookedEffect.Key.class)
public class BookedEffect {

    /** The primary key. */
    public record Key(String account, long sequence) {}

    @Id
    private String account;

    @Id
    private long sequence;

    @Column(name = "effect_key")
    private String key;

    private long cash;

    @Column(name = "stock_code")
    private String stockCode;

    private long shares;

    @Column(name = "created_at")
    private long createdAt;

    protected BookedEffect() {}

    /**
     * Creates the latest effect of an account.
     *
     * @param account its last sequence number is that of this effect
     * @param key the key of the ledger entry
     * @param cash whole yen; may be negative
     * @param stockCode null if no shares are booked
     * @param shares may be negative
     */
    public BookedEffect(TradingAccount account, String key, long cash, String stockCode, long shares, Instant at) {
        this.account = account.account();
        this.sequence = account.lastSequence();
        this.key = key;
        this.cash = cash;
        this.stockCode = stockCode;
        this.shares = shares;
        this.createdAt = at.toEpochMilli();
    }
}
