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
 * The cash of one account, in whole yen. It may go below 0, since a fill is always booked. Its row is the lock of the
 * account, and counts the account's entries without a gap.
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
     * Adds yen and counts one more entry. Entries are in the order of time, even if the clock of another task is ahead.
     *
     * @param yen below 0 to take cash
     * @param at the moment of the booking
     */
    public void add(long yen, Instant at) {
        cash = Math.addExact(cash, yen);
        LocalDateTime now = LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
        changedAt = now.isAfter(changedAt) ? now : changedAt;
        updateTime = JapanTime.of(at);
        lastSequence++;
    }

    /** The opening is booked. */
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
