package finmicro.balance.ledger.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A holding of the account main in the table that old programs read and write. */
@Entity
@Table(name = "stock_balances")
public class StockBalance {

    @Id
    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "stock_value")
    private long value;

    @Column(name = "stock_quantity")
    private long quantity;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected StockBalance() {}

    /** A holding of zero shares. */
    public StockBalance(String stockCode) {
        this.stockCode = stockCode;
    }

    /** Copies the values of the ledger. */
    public void copyFrom(LedgerHolding holding) {
        value = holding.value();
        quantity = holding.quantity();
        updateTime = holding.updateTime();
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
