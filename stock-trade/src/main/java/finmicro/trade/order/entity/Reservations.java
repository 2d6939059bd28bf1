package finmicro.trade.order.entity;

import finmicro.common.trading.Amount;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.entity.Reservation;
import java.math.BigDecimal;

/** Computes what an order reserves on its account. */
final class Reservations {

    /** How far from its price, up or down, a market order fills at most, in yen a share. */
    private static final BigDecimal MARKET_MOVE = BigDecimal.valueOf(50);

    /** The market's lowest price. */
    private static final BigDecimal LOWEST = BigDecimal.ONE;

    private Reservations() {}

    /** The most that the order can need, whatever it fills at. */
    static Reservation of(
            TradeType side, OrderType type, String stockCode, BigDecimal price, long quantity, Charges charges) {
        long worst = charges.withFeeAndTax(side, Amount.of(worstPrice(side, type, price), quantity));
        return side == TradeType.BUY
                ? new Reservation(stockCode, worst, 0)
                : new Reservation(stockCode, Math.max(0, -worst), quantity);
    }

    private static BigDecimal worstPrice(TradeType side, OrderType type, BigDecimal price) {
        if (type == OrderType.LIMIT) {
            return price;
        }
        return side == TradeType.BUY
                ? price.add(MARKET_MOVE)
                : price.subtract(MARKET_MOVE).max(LOWEST);
    }
}
