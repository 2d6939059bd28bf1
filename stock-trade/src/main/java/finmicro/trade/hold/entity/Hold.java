package finmicro.trade.hold.entity;

import finmicro.common.trading.Amount;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.order.entity.Charges;
import finmicro.trade.order.entity.OrderRequest;
import java.math.BigDecimal;

/**
 * What an order needs until it is settled.
 *
 * @param cashValue whole yen: the most that a BUY can cost; of a SELL, what fee and tax can exceed its proceeds by
 * @param stockQuantity shares to be sold; 0 of a BUY
 */
public record Hold(String stockCode, long cashValue, long stockQuantity) {

    /** How far from its price, up or down, a market order fills at most, in yen a share. */
    private static final BigDecimal MARKET_MOVE = BigDecimal.valueOf(50);

    /** The market's lowest price. */
    private static final BigDecimal LOWEST = BigDecimal.ONE;

    /** What the order needs, whatever it fills at. */
    public static Hold of(OrderRequest order) {
        TradeType side = order.tradeType();
        Charges charges = Charges.ofOrder(Amount.of(order.orderPrice(), order.orderQuantity()));
        long worst = charges.withFeeAndTax(side, Amount.of(worstPrice(order), order.orderQuantity()));
        return side == TradeType.BUY
                ? new Hold(order.stockCode(), worst, 0)
                : new Hold(order.stockCode(), Math.max(0, -worst), order.orderQuantity());
    }

    private static BigDecimal worstPrice(OrderRequest order) {
        if (order.orderType() == OrderType.LIMIT) {
            return order.orderPrice();
        }
        return order.tradeType() == TradeType.BUY
                ? order.orderPrice().add(MARKET_MOVE)
                : order.orderPrice().subtract(MARKET_MOVE).max(LOWEST);
    }
}
