package finmicro.market.matching.entity;

import finmicro.common.time.JapanTime;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * The result of an order, published to {@code stock-contract-trades-que}: a fill, or a no-match.
 *
 * @param orderStatus whether the order was filled
 * @param contractDate yyyyMMdd; 0 without a fill
 * @param contractTime HH:mm:ss; empty without a fill
 * @param contractPrice yen per share; -99999999 without a fill
 * @param contractQuantity shares; 0 without a fill
 */
public record ContractMessage(
        long tradeNo,
        boolean orderStatus,
        int contractDate,
        String contractTime,
        String stockCode,
        TradeType tradeType,
        OrderType orderType,
        BigDecimal contractPrice,
        long contractQuantity) {

    private static final BigDecimal NO_PRICE = BigDecimal.valueOf(-99_999_999);

    /** Creates a complete fill at the price. */
    public static ContractMessage fill(OrderMessage order, BigDecimal price, OffsetDateTime at) {
        return new ContractMessage(
                order.tradeNo(),
                true,
                JapanTime.number(at.toLocalDate()),
                JapanTime.text(at.toLocalTime()),
                order.stockCode(),
                order.tradeType(),
                order.orderType(),
                price,
                order.orderQuantity());
    }

    /** Creates the result of an order without a match. */
    public static ContractMessage noMatch(OrderMessage order) {
        return new ContractMessage(
                order.tradeNo(), false, 0, "", order.stockCode(), order.tradeType(), order.orderType(), NO_PRICE, 0);
    }
}
