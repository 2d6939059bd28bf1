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
 * The cash of an account. Change it only in the transaction that has locked its row: see
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

    /** Adds the amount, which may be negative, to the cash, and counts one more effect. */
    public void book(long amount, Instant at) {
        cash = Math.addExact(cash, amount);
        lastSequence++;
        changed(at);
    }

    /** Adds the amount to the reserved cash. */
    public void reserve(long amount, Instant at) {
        reservedCash = Math.addExact(reservedCash, amount);
        changed(at);
    }

    /** Takes the amount from the reserved cash. */
    public void release(long amount, Instant at) {
        reserve(-amount, at);
    }

    /** Sets the status; the caller checks whether the step is allowed. */
    public void become(AccountStatus next, Instant at) {
        status = next;
        changed(at);
    }

    /** Records a change of this account or of one of its positions, for the event stream. */
    public void changed(Instant at) {
        changedAt = Math.max(changedAt + 1, at.toEpochMilli());
    }

    /** Cash that a new order or a withdrawal can use; may be negative. */
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

    /** How many effects its journal has; also the number of the last one. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Empty if it was created for a booking from elsewhere and no operator has opened it yet. */
    public Optional<Instant> openedAt() {
        return Optional.ofNullable(openedAt).map(Instant::ofEpochMilli);
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }
}
