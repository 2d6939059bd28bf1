package finmicro.trade.order.entity;

import finmicro.common.trading.Account;
import finmicro.common.trading.Amount;
import finmicro.common.trading.OrderType;
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

/** The contract of a trade. Fee and tax are those stored with the order, whatever the price it filled at. */
@Entity
@Table(name = "contract_trades")
public class Fill {

    @Id
    @Column(name = "trade_no")
    private long tradeNo;

    @Column(name = "contract_date")
    private LocalDate contractDate;

    @Column(name = "contract_time")
    private LocalTime contractTime;

    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "trade_type")
    @Enumerated(EnumType.STRING)
    private TradeType tradeType;

    @Column(name = "order_type")
    private OrderType orderType;

    @Column(name = "contract_price")
    private BigDecimal contractPrice;

    @Column(name = "contract_quantity")
    private long contractQuantity;

    private long fee;
    private long tax;

    @Column(name = "contract_value")
    private long contractValue;

    @Column(name = "settlement_amount")
    private long settlementAmount;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    protected Fill() {}

    /** The trade filled as the message says. */
    public Fill(Trade trade, ContractMessage fill, OffsetDateTime at) {
        Charges charges = trade.charges();
        long amount = Amount.of(fill.contractPrice(), fill.contractQuantity());
        this.tradeNo = trade.tradeNo();
        this.contractDate = fill.date();
        this.contractTime = fill.time();
        this.stockCode = trade.stockCode();
        this.tradeType = trade.tradeType();
        this.orderType = trade.orderType();
        this.contractPrice = fill.contractPrice();
        this.contractQuantity = fill.contractQuantity();
        this.fee = charges.fee();
        this.tax = charges.tax();
        this.contractValue = charges.withFee(tradeType, amount);
        this.settlementAmount = charges.withFeeAndTax(tradeType, amount);
        this.updateTime = at;
    }

    /**
     * The contract as it is answered and posted.
     *
     * @param account of its trade
     */
    public Contract contract(String account) {
        return new Contract(
                tradeNo,
                contractDate,
                contractTime,
                stockCode,
                tradeType,
                orderType,
                contractPrice,
                contractQuantity,
                fee,
                tax,
                contractValue,
                settlementAmount,
                updateTime,
                account.equals(Account.MAIN) ? null : account);
    }

    /** Whole yen that a BUY costs, or a SELL brings. */
    public long settlementAmount() {
        return settlementAmount;
    }

    /** Shares. */
    public long quantity() {
        return contractQuantity;
    }

    /** The number of its trade. */
    public long tradeNo() {
        return tradeNo;
    }
}
