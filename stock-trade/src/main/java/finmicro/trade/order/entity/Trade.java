package finmicro.trade.order.entity;

import finmicro.common.time.JapanTime;
import finmicro.common.trading.Amount;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.entity.AccountEffect;
import finmicro.trade.account.entity.Reservation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/** An accepted order and its status. */
@Entity
@Table(name = "trades")
public class Trade {

    @Id
    @Column(name = "trade_no")
    private long tradeNo;

    @Column(name = "order_date")
    private LocalDate orderDate;

    @Column(name = "order_time")
    private LocalTime orderTime;

    @Column(name = "stock_code")
    private String stockCode;

    @Column(name = "trade_type")
    @Enumerated(EnumType.STRING)
    private TradeType tradeType;

    @Column(name = "order_type")
    private OrderType orderType;

    @Column(name = "order_price")
    private BigDecimal orderPrice;

    @Column(name = "order_quantity")
    private long orderQuantity;

    private long fee;
    private long tax;

    @Column(name = "estimated_value")
    private long estimatedValue;

    @Column(name = "trade_status")
    private TradeStatus status;

    @Column(name = "update_time")
    private OffsetDateTime updateTime;

    @Column(name = "accepted_at")
    private Long acceptedAt;

    private String account;

    @Column(name = "reserved_cash")
    private Long reservedCash;

    @Column(name = "account_effect")
    private AccountEffect effect;

    protected Trade() {}

    /** Creates an open trade and computes its charges and its estimated value. */
    public Trade(long tradeNo, String account, OrderRequest order, Instant acceptedAt) {
        this.tradeNo = tradeNo;
        this.account = account;
        this.orderDate = order.orderDate();
        this.orderTime = order.orderTime();
        this.stockCode = order.stockCode();
        this.tradeType = order.tradeType();
        this.orderType = order.orderType();
        this.orderPrice = order.orderPrice();
        this.orderQuantity = order.orderQuantity();
        long amount = Amount.of(orderPrice, orderQuantity);
        Charges charges = Charges.ofOrder(amount);
        this.fee = charges.fee();
        this.tax = charges.tax();
        this.estimatedValue = charges.withFeeAndTax(tradeType, amount);
        this.status = TradeStatus.OPEN;
        this.updateTime = JapanTime.of(acceptedAt);
        this.acceptedAt = acceptedAt.toEpochMilli();
        this.effect = AccountEffect.NONE;
    }

    /** The cash and shares to reserve until its outcome is known, for the worst price at which it can fill. */
    public Reservation need() {
        return Reservations.of(tradeType, orderType, stockCode, orderPrice, orderQuantity, charges());
    }

    /** The cash and shares that are reserved now; empty if nothing is. */
    public Optional<Reservation> reservation() {
        if (effect != AccountEffect.RESERVED) {
            return Optional.empty();
        }
        long shares = tradeType == TradeType.SELL ? orderQuantity : 0;
        return Optional.of(new Reservation(stockCode, reservedCash, shares));
    }

    /** Records that the account has reserved this for the trade. */
    public void reserved(Reservation reservation) {
        effect = AccountEffect.RESERVED;
        reservedCash = reservation.cash();
    }

    /** Records that its outcome is applied to its account and its reservation is released. */
    public void applied() {
        effect = AccountEffect.APPLIED;
    }

    /** The key of its fill in the ledger. */
    public String bookingKey() {
        return "trade-" + tradeNo;
    }

    /** Its effect on its account so far. */
    public AccountEffect effect() {
        return effect;
    }

    /** Its account, which never changes. */
    public String account() {
        return account;
    }

    /** Records that the market filled it. @throws IllegalStateException if it is not open */
    public void fill(OffsetDateTime at) {
        move(TradeStatus.FILLED, at);
    }

    /** Records that the market did not fill it. @throws IllegalStateException if it is not open */
    public void fail(OffsetDateTime at) {
        move(TradeStatus.NOT_FILLED, at);
    }

    /** Records that it was cancelled. @throws IllegalStateException if it is not open */
    public void cancel(OffsetDateTime at) {
        move(TradeStatus.CANCELLED, at);
    }

    private void move(TradeStatus next, OffsetDateTime at) {
        status = status.to(next);
        updateTime = at;
    }

    public boolean isOpen() {
        return status == TradeStatus.OPEN;
    }

    /** Whether this request has the same content as the one that placed the trade. */
    public boolean isOf(OrderRequest order) {
        return orderDate.equals(order.orderDate())
                && orderTime.equals(order.orderTime())
                && stockCode.equals(order.stockCode())
                && tradeType == order.tradeType()
                && orderType == order.orderType()
                && orderPrice.compareTo(order.orderPrice()) == 0
                && orderQuantity == order.orderQuantity();
    }

    /** Its charges, which do not depend on the price at which it fills. */
    public Charges charges() {
        return new Charges(fee, tax);
    }

    public long tradeNo() {
        return tradeNo;
    }

    public LocalDate orderDate() {
        return orderDate;
    }

    public LocalTime orderTime() {
        return orderTime;
    }

    public String stockCode() {
        return stockCode;
    }

    public TradeType tradeType() {
        return tradeType;
    }

    public OrderType orderType() {
        return orderType;
    }

    public BigDecimal orderPrice() {
        return orderPrice;
    }

    public long orderQuantity() {
        return orderQuantity;
    }

    public long estimatedValue() {
        return estimatedValue;
    }

    public TradeStatus status() {
        return status;
    }

    public OffsetDateTime updateTime() {
        return updateTime;
    }

    /** When it was accepted, to the millisecond; null if the trade is older than this column. */
    public Instant acceptedAt() {
        return acceptedAt == null ? null : Instant.ofEpochMilli(acceptedAt);
    }
}
