package finmicro.trade.order.entity;

import finmicro.common.trading.Amount;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.entity.Reservation;
import java.math.BigDecimal;

/** Computes the cash and shares that an order reserves on its account. */
final class Reservations {

    /** Maximum slippage of a market order, up or down, in yen a share. */
    private static final BigDecimal MAX_SLIPPAGE = BigDecimal.valueOf(50);

    private static final BigDecimal LOWEST_PRICE = BigDecimal.ONE;

    private Reservations() {}

    /** The reservation for the worst price at which the order can fill. */
    static Reservation of(
            TradeType side, OrderType type, String stockCode, BigDecimal price, long quantity, Charges charges) {
        long worstAmount = charges.withFeeAndTax(side, Amount.of(worstPrice(side, type, price), quantity));
        return side == TradeType.BUY
                ? new Reservation(stockCode, worstAmount, 0)
                : new Reservation(stockCode, Math.max(0, -worstAmount), quantity);
    }

    private static BigDecimal worstPrice(TradeType side, OrderType type, BigDecimal price) {
        if (type == OrderType.LIMIT) {
            return price;
        }
        return side == TradeType.BUY
                ? price.add(MAX_SLIPPAGE)
                : price.subtract(MAX_SLIPPAGE).max(LOWEST_PRICE);
    }
}
