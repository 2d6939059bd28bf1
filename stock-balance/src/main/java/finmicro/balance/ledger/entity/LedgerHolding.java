package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.OffsetDateTime;

/**
 * The shares that an account holds of one stock, and their book value by the moving average. Fills are always booked: selling
 * more than the holding makes the quantity negative and the book value 0.
 */
@Entity
@Table(name = "ledger_holdings")
@IdClass(LedgerHolding.Key.class)
public class LedgerHolding {

    /** The primary key. */
    public record Key(String account, String stockCode) {}

    @Id
    private String account;

    @Id
    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "stock_value")
    private long value;

    @Column(name = "stock_quantity")
    private long quantity;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected LedgerHolding() {}

    /** A holding of zero shares. */
    public LedgerHolding(String account, String stockCode) {
        this.account = account;
        this.stockCode = stockCode;
    }

    /**
     * Adds bought shares. If the purchase first covers a short position, only the remaining part adds to the book value.
     *
     * @param bought shares
     * @param contractValue value of the fill in whole yen
     */
    public void buy(long bought, long contractValue, OffsetDateTime at) {
        long held = Math.addExact(quantity, bought);
        if (quantity >= 0) {
            value = Math.addExact(value, contractValue);
        } else {
            value = held > 0 ? share(contractValue, held, bought) : 0;
        }
        quantity = held;
        updateTime = at;
    }

    /**
     * Removes sold shares. Reduces the book value proportionally, to exactly 0 with the last share.
     *
     * @param sold shares
     */
    public void sell(long sold, OffsetDateTime at) {
        value = sold < quantity ? value - share(value, sold, quantity) : 0;
        quantity = Math.subtractExact(quantity, sold);
        updateTime = at;
    }

    /** Sets the values that an old program wrote. */
    public void set(long quantity, long value, OffsetDateTime at) {
        this.quantity = quantity;
        this.value = value;
        this.updateTime = at;
    }

    /** Returns floor(yen x part / whole). The product may exceed 64 bits. */
    private static long share(long yen, long part, long whole) {
        BigInteger[] division = BigInteger.valueOf(yen)
                .multiply(BigInteger.valueOf(part))
                .divideAndRemainder(BigInteger.valueOf(whole));
        long quotient = division[0].longValueExact();
        return division[1].signum() < 0 ? quotient - 1 : quotient;
    }

    public String account() {
        return account;
    }

    public String stockCode() {
        return stockCode;
    }

    public long value() {
        return value;
    }

    public long quantity() {
        return quantity;
    }

    public OffsetDateTime updateTime() {
        return updateTime;
    }
}
