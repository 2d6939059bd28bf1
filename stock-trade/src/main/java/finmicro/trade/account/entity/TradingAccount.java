package finmicro.trade.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * The cash of an account. Change it only in a transaction that has locked its row: see
 * {@link finmicro.trade.account.control.Accounts}. All amounts are whole yen. Cash may be negative, since a fill is always booked.
 */
@Entity
@Table(name = "accounts")
public class TradingAccount {

    @Id
    private String account;

    @Enumerated(EnumType.STRING)
    private AccountStatus status;

    private long cash;

    @Column(name = "reserved_cash")
    private long reservedCash;

    @Column(name = "opened_at")
    private Long openedAt;

    @Column(name = "changed_at")
    private long changedAt;

    @Column(name = "last_sequence")
    private long lastSequence;

    protected TradingAccount() {}

    /** Adds {@code amount}, which may be negative, to the cash, and increments the sequence number. */
    public void book(long amount, Instant at) {
        cash = Math.addExact(cash, amount);
        lastSequence++;
        touch(at);
    }

    /** Reserves cash. */
    public void reserve(long amount, Instant at) {
        reservedCash = Math.addExact(reservedCash, amount);
        touch(at);
    }

    /** Sets the status. The caller checks that the transition is allowed. */
    public void setStatus(AccountStatus next, Instant at) {
        status = next;
        touch(at);
    }

    /** Advances the time of the last change, by which the event stream finds changed accounts. */
    public void touch(Instant at) {
        changedAt = Math.max(changedAt + 1, at.toEpochMilli());
    }

    /** Cash available to a new order or a withdrawal; may be negative. */
    public long buyingPower() {
        return cash - reservedCash;
    }

    /** The account id. */
    public String account() {
        return account;
    }

    public AccountStatus status() {
        return status;
    }

    public long cash() {
        return cash;
    }

    public long reservedCash() {
        return reservedCash;
    }

    /** Sequence number of the latest effect in the journal; 0 without effects. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Empty if an external booking created the account and no operator has opened it yet. */
    public Optional<Instant> openedAt() {
        return Optional.ofNullable(openedAt).map(Instant::ofEpochMilli);
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }
}
