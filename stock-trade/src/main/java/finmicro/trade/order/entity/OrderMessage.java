package finmicro.trade.order.entity;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;

/** An order in the format of {@code stock-order-trades-que}: price in yen a share, quantity in shares. */
public record OrderMessage(
        long tradeNo,
        LocalDate orderDate,
        LocalTime orderTime,
        String stockCode,
        TradeType tradeType,
        OrderType orderType,
        BigDecimal orderPrice,
        long orderQuantity) {

    public static OrderMessage of(Trade trade) {
        return new OrderMessage(
                trade.tradeNo(),
                trade.orderDate(),
                trade.orderTime(),
                trade.stockCode(),
                trade.tradeType(),
                trade.orderType(),
                trade.orderPrice(),
                trade.orderQuantity());
    }
}
