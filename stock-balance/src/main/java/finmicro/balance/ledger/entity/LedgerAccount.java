package finmicro.balance.ledger.entity;

import finmicro.common.time.JapanTime;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The cash of an account, in whole yen. It may become negative, since fills are always booked. The row is the lock of the
 * account, and holds the sequence number of its last entry.
 */
@Entity
@Table(name = "ledger_accounts")
public class LedgerAccount {

    @Id
    private String account;

    @Column(name = "cash_value")
    private long cash;

    @Column(name = "last_sequence")
    private long lastSequence;

    private boolean opened;

    @Column(name = "created_at")
    private LocalDateTime createdAt;

    @Column(name = "changed_at")
    private LocalDateTime changedAt;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected LedgerAccount() {}

    /**
     * Adds yen and increments the sequence. Keeps the time of change monotonic, even if the clock of another task is ahead.
     *
     * @param yen negative to remove cash
     * @param at the time of the booking
     */
    public void add(long yen, Instant at) {
        cash = Math.addExact(cash, yen);
        LocalDateTime now = LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
        changedAt = now.isAfter(changedAt) ? now : changedAt;
        updateTime = JapanTime.of(at);
        lastSequence++;
    }

    /** Marks the account as opened. */
    public void open() {
        opened = true;
    }

    public String account() {
        return account;
    }

    public long cash() {
        return cash;
    }

    public long lastSequence() {
        return lastSequence;
    }

    LocalDateTime changedAt() {
        return changedAt;
    }

    public OffsetDateTime updateTime() {
        return updateTime;
    }
}
