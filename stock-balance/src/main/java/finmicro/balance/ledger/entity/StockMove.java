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
 * One settled trade and the balances after it. Its key makes a settlement count once, and what it keeps lets a repeated
 * one be answered as the first was.
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

    /** The balances given are those after the settlement. */
    public StockMove(Settlement trade, LedgerAccount account, LedgerHolding holding) {
        this.tradeNo = trade.tradeNo();
        this.stockCode = trade.stockCode();
        this.tradeType = trade.tradeType();
        this.contractDate = trade.contractDate();
        this.contractTime = trade.contractTime();
        this.price = trade.contractPrice();
        this.quantity = trade.contractQuantity();
        this.fee = trade.fee();
        this.tax = trade.tax();
        this.contractValue = trade.contractValue();
        this.settlementAmount = trade.settlementAmount();
        this.cashAfter = account.cash();
        this.valueAfter = holding.value();
        this.quantityAfter = holding.quantity();
        this.updateTime = account.updateTime();
        this.account = account.account();
        this.sequence = account.lastSequence();
    }

    /** Whether it settled just this for that account. The times do not matter: a repeated request may bring others. */
    public boolean isOf(Settlement trade, String account) {
        return this.account.equals(account)
                && stockCode.equals(trade.stockCode())
                && tradeType == trade.tradeType()
                && price.compareTo(trade.contractPrice()) == 0
                && quantity == trade.contractQuantity()
                && fee == trade.fee()
                && tax == trade.tax()
                && contractValue == trade.contractValue()
                && settlementAmount == trade.settlementAmount();
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
