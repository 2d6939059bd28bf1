package finmicro.trade.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A change of an account's cash and of one of its positions, in the journal of the account. It is written in the transaction that
 * makes the change, and never changed. Reconciliation compares it with the account and with the ledger.
 */
@Entity
@Table(name = "account_effects")
@IdClass(BookedEffect.Key.class)
public class BookedEffect {

    /** The key of its row. */
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
     * The last effect of an account.
     *
     * @param account with this effect counted
     * @param key what the ledger has it under
     * @param cash whole yen; may be negative
     * @param stockCode null if there are no shares
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
