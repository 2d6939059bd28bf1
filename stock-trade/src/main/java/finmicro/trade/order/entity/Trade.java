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

/** An order that was accepted under a number, and where it stands. */
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

    /** A new trade, open, with its charges and what it is expected to cost or bring. */
    public Trade(long tradeNo, String account, OrderRequest order, Instant at) {
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
        this.updateTime = JapanTime.of(at);
        this.acceptedAt = at.toEpochMilli();
        this.effect = AccountEffect.NONE;
    }

    /** Cash or shares that it needs until its outcome is known, whatever it fills at. */
    public Reservation need() {
        return Reservations.of(tradeType, orderType, stockCode, orderPrice, orderQuantity, charges());
    }

    /** Cash or shares that are reserved for it now; empty if nothing is. */
    public Optional<Reservation> reservation() {
        if (effect != AccountEffect.RESERVED) {
            return Optional.empty();
        }
        long shares = tradeType == TradeType.SELL ? orderQuantity : 0;
        return Optional.of(new Reservation(stockCode, reservedCash, shares));
    }

    /** Records that this is reserved for it. */
    public void reserved(Reservation reservation) {
        effect = AccountEffect.RESERVED;
        reservedCash = reservation.cash();
    }

    /** Records that its outcome is applied to its account, and nothing is reserved any more. */
    public void applied() {
        effect = AccountEffect.APPLIED;
    }

    /** The key under which the ledger books its fill. */
    public String bookingKey() {
        return "trade-" + tradeNo;
    }

    /** What it has done to its account so far. */
    public AccountEffect effect() {
        return effect;
    }

    /** The account it belongs to; never changes. */
    public String account() {
        return account;
    }

    /** The market filled it. @throws IllegalStateException when it is not open */
    public void fill(OffsetDateTime at) {
        move(TradeStatus.CONTRACTED, at);
    }

    /** The market found no match. @throws IllegalStateException when it is not open */
    public void fail(OffsetDateTime at) {
        move(TradeStatus.FAILED, at);
    }

    /** Its customer takes it back. @throws IllegalStateException when it is not open */
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

    /** Whether it was placed by this very order. */
    public boolean isOf(OrderRequest order) {
        return orderDate.equals(order.orderDate())
                && orderTime.equals(order.orderTime())
                && stockCode.equals(order.stockCode())
                && tradeType == order.tradeType()
                && orderType == order.orderType()
                && orderPrice.compareTo(order.orderPrice()) == 0
                && orderQuantity == order.orderQuantity();
    }

    /** What it is charged, fixed when it was ordered. */
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

    /** When it was accepted, to the millisecond; null in a trade that is older than this is kept. */
    public Instant acceptedAt() {
        return acceptedAt == null ? null : Instant.ofEpochMilli(acceptedAt);
    }
}
