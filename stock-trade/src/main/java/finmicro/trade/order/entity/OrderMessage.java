package finmicro.trade.order.entity;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;

/** An order as it goes on {@code stock-order-trades-que}; its price in yen, its quantity in shares. */
public record OrderMessage(
        long tradeNo,
        LocalDate orderDate,
        LocalTime orderTime,
        String stockCode,
        TradeType tradeType,
        OrderType orderType,
        BigDecimal orderPrice,
        long orderQuantity) {

    /** The order of that trade. */
    public static OrderMessage of(Trade order) {
        return new OrderMessage(
                order.tradeNo(),
                order.orderDate(),
                order.orderTime(),
                order.stockCode(),
                order.tradeType(),
                order.orderType(),
                order.orderPrice(),
                order.orderQuantity());
    }
}
