package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * One event of an account with all its legs. Immutable. The legs sum to zero in yen and in shares, which a database constraint
 * enforces. The primary key of the table is account and sequence; the entry key is unique too.
 */
@Entity
@Table(name = "ledger_entries")
public class LedgerEntry {

    @Id
    @Column(name = "entry_key")
    private String key;

    private String account;
    private long sequence;

    @Enumerated(EnumType.STRING)
    private EntryKind kind;

    @Column(name = "trade_no")
    private Long tradeNo;

    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "customer_cash")
    private long customerCash;

    @Column(name = "clearing_cash")
    private long clearingCash;

    @Column(name = "fee_cash")
    private long feeCash;

    @Column(name = "tax_cash")
    private long taxCash;

    @Column(name = "bank_cash")
    private long bankCash;

    @Column(name = "customer_shares")
    private long customerShares;

    @Column(name = "clearing_shares")
    private long clearingShares;

    @Column(name = "cash_after")
    private long cashAfter;

    @Column(name = "shares_after")
    private Long sharesAfter;

    private String reference;

    @Column(name = "booked_at")
    private LocalDateTime bookedAt;

    protected LedgerEntry() {}

    /**
     * Creates the entry with the balances after it.
     *
     * @param account the account after this entry
     * @param holding the holding of the legs' stock after this entry; null if no stock is involved
     * @param reference the caller's text; null if there is none
     */
    public LedgerEntry(
            String key, EntryKind kind, Legs legs, LedgerAccount account, LedgerHolding holding, String reference) {
        this.key = key;
        this.kind = kind;
        this.account = account.account();
        this.sequence = account.lastSequence();
        this.bookedAt = account.changedAt();
        this.tradeNo = legs.tradeNo();
        this.stockCode = legs.stockCode();
        this.customerCash = legs.customerCash();
        this.clearingCash = legs.clearingCash();
        this.feeCash = legs.feeCash();
        this.taxCash = legs.taxCash();
        this.bankCash = legs.bankCash();
        this.customerShares = legs.customerShares();
        this.clearingShares = legs.clearingShares();
        this.cashAfter = account.cash();
        this.sharesAfter = holding == null ? null : holding.quantity();
        this.reference = reference;
    }

    public String key() {
        return key;
    }

    public String account() {
        return account;
    }

    public long sequence() {
        return sequence;
    }

    public EntryKind kind() {
        return kind;
    }

    public Long tradeNo() {
        return tradeNo;
    }

    public String stockCode() {
        return stockCode;
    }

    public long customerCash() {
        return customerCash;
    }

    public long feeCash() {
        return feeCash;
    }

    public long taxCash() {
        return taxCash;
    }

    public long customerShares() {
        return customerShares;
    }

    public long cashAfter() {
        return cashAfter;
    }

    public Long sharesAfter() {
        return sharesAfter;
    }

    public String reference() {
        return reference;
    }

    public Instant bookedAt() {
        return bookedAt.toInstant(ZoneOffset.UTC);
    }
}
