package finmicro.market.matching.entity;

import finmicro.common.trading.OrderPrice;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.Quantity;
import finmicro.common.trading.StockCode;
import finmicro.common.trading.TradeType;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;

/** An order received from {@code stock-order-trades-que}. The price is in yen, the quantity in shares. */
public record OrderMessage(
        @Positive long tradeNo,
        LocalDate orderDate,
        LocalTime orderTime,
        @StockCode String stockCode,
        TradeType tradeType,
        OrderType orderType,
        @OrderPrice BigDecimal orderPrice,
        @Quantity long orderQuantity) {}
