package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** The cash, in whole yen: one row. It may go below 0, since a fill is always booked. */
@Entity
@Table(name = "cash_balances")
public class CashBalance {

    /** The key of the one row. */
    public static final int ID = 1;

    @Id
    private int id;

    @Column(name = "cash_value")
    private long value;

    @Column(name = "held_value")
    private long held;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected CashBalance() {}

    /** @param value whole yen to begin with */
    public CashBalance(long value, OffsetDateTime at) {
        this.id = ID;
        this.value = value;
        this.updateTime = at;
    }

    /** Adds yen, less where the amount is below 0. */
    public void add(long yen, OffsetDateTime at) {
        value = Math.addExact(value, yen);
        updateTime = at;
    }

    /** Takes yen. */
    public void take(long yen, OffsetDateTime at) {
        add(Math.negateExact(yen), at);
    }

    /** Holds yen for an order: they are still there, but for no other. */
    public void hold(long yen) {
        held = Math.addExact(held, yen);
    }

    /** Ends a hold of so much. */
    public void free(long yen) {
        held = Math.subtractExact(held, yen);
    }

    public long held() {
        return held;
    }

    /** What is not held. */
    public long available() {
        return Math.subtractExact(value, held);
    }

    public long value() {
        return value;
    }

    public OffsetDateTime updateTime() {
        return updateTime;
    }
}
