package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.OffsetDateTime;

/**
 * The shares held of one stock and their book value by the moving average. A fill is always booked: what is sold beyond
 * the holding makes the quantity negative and the book value 0.
 */
@Entity
@Table(name = "stock_balances")
public class Holding {

    @Id
    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "stock_value")
    private long value;

    @Column(name = "stock_quantity")
    private long quantity;

    @Column(name = "held_quantity")
    private long held;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected Holding() {}

    /** Nothing held yet. */
    public Holding(String stockCode) {
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

    /** Holds shares for an order to sell them. */
    public void hold(long shares) {
        held = Math.addExact(held, shares);
    }

    /** Ends a hold of so many. */
    public void free(long shares) {
        held = Math.subtractExact(held, shares);
    }

    public long held() {
        return held;
    }

    /** What is not held. */
    public long available() {
        return Math.subtractExact(quantity, held);
    }

    /** floor(yen x part / whole), exactly: the product does not fit into 64 bits. */
    private static long share(long yen, long part, long whole) {
        BigInteger[] division = BigInteger.valueOf(yen)
                .multiply(BigInteger.valueOf(part))
                .divideAndRemainder(BigInteger.valueOf(whole));
        long quotient = division[0].longValueExact();
        return division[1].signum() < 0 ? quotient - 1 : quotient;
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
