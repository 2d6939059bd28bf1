package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.OffsetDateTime;

/**
 * The shares that an account holds of one stock, and their book value by the moving average. A fill is always booked: what is sold beyond
 * the holding makes the quantity negative and the book value 0.
 */
@Entity
@Table(name = "ledger_holdings")
@IdClass(LedgerHolding.Key.class)
public class LedgerHolding {

    /** The key of its row. */
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

    /** Nothing held yet. */
    public LedgerHolding(String account, String stockCode) {
        this.account = account;
        this.stockCode = stockCode;
    }

    /**
     * @param bought shares
     * @param contractValue whole yen that they count for; where the purchase first covers what was sold short, only the
     *     part of it that is left over counts
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

    /** @param sold shares; the book value goes down by their part of it, to exactly 0 with the last */
    public void sell(long sold, OffsetDateTime at) {
        value = sold < quantity ? value - share(value, sold, quantity) : 0;
        quantity = Math.subtractExact(quantity, sold);
        updateTime = at;
    }

    /** Takes over what another program has made of the holding. */
    public void set(long quantity, long value, OffsetDateTime at) {
        this.quantity = quantity;
        this.value = value;
        this.updateTime = at;
    }

    /** floor(yen x part / whole), exactly: the product does not fit into 64 bits. */
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
