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

/** The fill of a trade. Fee and tax are those of the order and do not depend on the price of the fill. */
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

    /** Creates the fill of a trade from the market's message. */
    public Fill(Trade trade, ContractMessage message, OffsetDateTime at) {
        Charges charges = trade.charges();
        long amount = Amount.of(message.contractPrice(), message.contractQuantity());
        this.tradeNo = trade.tradeNo();
        this.contractDate = message.date();
        this.contractTime = message.time();
        this.stockCode = trade.stockCode();
        this.tradeType = trade.tradeType();
        this.orderType = trade.orderType();
        this.contractPrice = message.contractPrice();
        this.contractQuantity = message.contractQuantity();
        this.fee = charges.fee();
        this.tax = charges.tax();
        this.contractValue = charges.withFee(tradeType, amount);
        this.settlementAmount = charges.withFeeAndTax(tradeType, amount);
        this.updateTime = at;
    }

    /**
     * Converts it to the format of the API and of stock-balance.
     *
     * @param account the account of its trade
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

    /** The cost of a BUY or the proceeds of a SELL, in whole yen. */
    public long settlementAmount() {
        return settlementAmount;
    }

    /** The number of shares. */
    public long quantity() {
        return contractQuantity;
    }

    public long tradeNo() {
        return tradeNo;
    }
}
