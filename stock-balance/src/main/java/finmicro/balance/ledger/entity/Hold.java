package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Cash or shares held for one order. It ends with the settlement of its trade, which takes its place, or is released;
 * a released one stays for a while, empty, so that a request for it that comes late is known to be late.
 */
@Entity
@Table(name = "holds")
public class Hold {

    @Id
    @Column(name = "trade_no")
    private long tradeNo;

    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "cash_value")
    private long cashValue;

    @Column(name = "stock_quantity")
    private long stockQuantity;

    @Column(name = "released_at")
    private LocalDateTime releasedAt;

    protected Hold() {}

    /** A hold for the order of that trade number. */
    public Hold(long tradeNo, HoldRequest request) {
        this.tradeNo = tradeNo;
        this.stockCode = request.stockCode();
        this.cashValue = request.cashValue();
        this.stockQuantity = request.stockQuantity();
    }

    /** The memory of a hold that was released before it was ever there. */
    public static Hold released(long tradeNo, Instant at) {
        Hold hold = new Hold(tradeNo, new HoldRequest("", 0, 0));
        hold.release(at);
        return hold;
    }

    /** From now on it holds nothing. */
    public void release(Instant at) {
        cashValue = 0;
        stockQuantity = 0;
        releasedAt = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    public boolean isReleased() {
        return releasedAt != null;
    }

    /** Whether it holds just what is requested. */
    public boolean isOf(HoldRequest request) {
        return !isReleased() && request.equals(request());
    }

    /** What it holds. */
    public HoldRequest request() {
        return new HoldRequest(stockCode, cashValue, stockQuantity);
    }

    /** Whether it holds shares, of a SELL. */
    public boolean isOfShares() {
        return stockQuantity > 0;
    }

    public long tradeNo() {
        return tradeNo;
    }

    public String stockCode() {
        return stockCode;
    }

    public long cashValue() {
        return cashValue;
    }

    public long stockQuantity() {
        return stockQuantity;
    }
}
