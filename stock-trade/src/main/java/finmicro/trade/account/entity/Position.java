package finmicro.trade.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/**
 * The shares of one stock in an account. Change it only in a transaction that has locked the account. The quantity may be negative,
 * since a fill is always booked.
 */
@Entity
@Table(name = "positions")
@IdClass(PositionId.class)
public class Position {

    @Id
    private String account;

    @Id
    @Column(name = "stock_code")
    private String stockCode;

    private long quantity;

    @Column(name = "reserved_quantity")
    private long reservedQuantity;

    protected Position() {}

    /** A new position without shares. */
    public Position(String account, String stockCode) {
        this.account = account;
        this.stockCode = stockCode;
    }

    /** Adds {@code shares}, which may be negative. */
    public void book(long shares) {
        quantity = Math.addExact(quantity, shares);
    }

    /** Reserves shares for an open sell order. */
    public void reserve(long shares) {
        reservedQuantity = Math.addExact(reservedQuantity, shares);
    }

    /** Shares available to sell; may be negative. */
    public long available() {
        return quantity - reservedQuantity;
    }

    public String account() {
        return account;
    }

    public String stockCode() {
        return stockCode;
    }

    public long quantity() {
        return quantity;
    }

    public long reservedQuantity() {
        return reservedQuantity;
    }
}
