package finmicro.balance.ledger.entity;

import finmicro.common.trading.TradeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/**
 * One settled trade and the balances after it. Its key deduplicates settlements. Its content detects conflicts, and provides
 * the response to a repeated settlement.
 */
@Entity
@Table(name = "stock_moves")
public class StockMove {

    @Id
    @Column(name = "trade_no")
    private long tradeNo;

    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "trade_type")
    @Enumerated(EnumType.STRING)
    private TradeType tradeType;

    @Column(name = "contract_date")
    private LocalDate contractDate;

    @Column(name = "contract_time")
    private LocalTime contractTime;

    private BigDecimal price;
    private long quantity;
    private long fee;
    private long tax;

    @Column(name = "contract_value")
    private long contractValue;

    @Column(name = "settlement_amount")
    private long settlementAmount;

    @Column(name = "cash_after")
    private long cashAfter;

    @Column(name = "value_after")
    private long valueAfter;

    @Column(name = "quantity_after")
    private long quantityAfter;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    private String account;
    private long sequence;

    protected StockMove() {}

    /** Creates the move from the account and holding after the settlement. */
    public StockMove(Settlement fill, LedgerAccount account, LedgerHolding holding) {
        this.tradeNo = fill.tradeNo();
        this.stockCode = fill.stockCode();
        this.tradeType = fill.tradeType();
        this.contractDate = fill.contractDate();
        this.contractTime = fill.contractTime();
        this.price = fill.contractPrice();
        this.quantity = fill.contractQuantity();
        this.fee = fill.fee();
        this.tax = fill.tax();
        this.contractValue = fill.contractValue();
        this.settlementAmount = fill.settlementAmount();
        this.cashAfter = account.cash();
        this.valueAfter = holding.value();
        this.quantityAfter = holding.quantity();
        this.updateTime = account.updateTime();
        this.account = account.account();
        this.sequence = account.lastSequence();
    }

    /** Whether it settled this fill for this account. Ignores times: a repeated request may have different ones. */
    public boolean matches(Settlement fill, String account) {
        return this.account.equals(account)
                && stockCode.equals(fill.stockCode())
                && tradeType == fill.tradeType()
                && price.compareTo(fill.contractPrice()) == 0
                && quantity == fill.contractQuantity()
                && fee == fill.fee()
                && tax == fill.tax()
                && contractValue == fill.contractValue()
                && settlementAmount == fill.settlementAmount();
    }

    public long tradeNo() {
        return tradeNo;
    }

    public String stockCode() {
        return stockCode;
    }

    public long cashAfter() {
        return cashAfter;
    }

    public long valueAfter() {
        return valueAfter;
    }

    public long quantityAfter() {
        return quantityAfter;
    }
}
