package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** The cash of the account main, in whole yen, in the one-row table that old programs read and write. */
@Entity
@Table(name = "cash_balances")
public class CashBalance {

    /** The key of the only row. */
    public static final int ID = 1;

    @Id
    private int id;

    @Column(name = "cash_value")
    private long value;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected CashBalance() {}

    /** Copies the values of the ledger. */
    public void copyFrom(LedgerAccount account) {
        value = account.cash();
        updateTime = account.updateTime();
    }

    public long value() {
        return value;
    }

    public OffsetDateTime updateTime() {
        return updateTime;
    }
}
