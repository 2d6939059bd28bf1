package finmicro.market.matching.entity;

import finmicro.common.time.JapanTime;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * A contract as it goes on {@code stock-contract-trades-que}: a fill, or word that the order found no match.
 *
 * @param orderStatus whether it is a fill
 * @param contractDate yyyyMMdd, 0 without a fill
 * @param contractTime HH:mm:ss, empty without a fill
 * @param contractPrice yen a share, -99999999 without a fill
 * @param contractQuantity shares, 0 without a fill
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

    /** The whole order filled at that price. */
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

    /** The order found no match. */
    public static ContractMessage noMatch(OrderMessage order) {
        return new ContractMessage(
                order.tradeNo(), false, 0, "", order.stockCode(), order.tradeType(), order.orderType(), NO_PRICE, 0);
    }
}
