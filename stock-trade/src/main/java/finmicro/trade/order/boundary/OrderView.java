package finmicro.trade.order.boundary;

import finmicro.common.trading.Account;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.order.entity.Contract;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An order in the format of the API.
 *
 * @param orderPrice yen a share
 * @param orderQuantity shares
 * @param fee whole yen
 * @param tax whole yen
 * @param estimatedValue whole yen: the expected cost of a BUY or proceeds of a SELL
 * @param account null for {@code main}
 * @param contract the fill; null unless filled, and in lists
 */
@Schema(name = "Order", description = "An order and its status")
public record OrderView(
        @Schema(examples = "10012") long tradeNo,

        @Schema(implementation = Integer.class, examples = "20200607", description = "yyyyMMdd, JST")
        LocalDate orderDate,

        @Schema(implementation = String.class, examples = "11:25:00", description = "HH:mm:ss, JST")
        LocalTime orderTime,

        @Schema(examples = "A002") String stockCode,
        TradeType tradeType,
        OrderType orderType,

        @Schema(description = "Yen a share", examples = "2320")
        BigDecimal orderPrice,

        @Schema(description = "Shares", examples = "10") long orderQuantity,

        @Schema(description = "Whole yen", examples = "1000")
        long fee,

        @Schema(description = "Whole yen", examples = "100") long tax,

        @Schema(description = "Whole yen: the expected cost of a BUY or proceeds of a SELL", examples = "24300")
        long estimatedValue,

        TradeStatus tradeStatus,

        @Schema(examples = "2020-06-07T11:25:00+09:00") OffsetDateTime updateTime,

        @Schema(description = "Absent for `main`. The account of the order", examples = "alice")
        String account,

        @Schema(description = "Absent until the order is filled, and in lists. The fill")
        Contract contract) {

    /**
     * An order that was accepted.
     *
     * @param messageId the id of the message that sends it to the market
     */
    @Schema(name = "AcceptedOrder", description = "An order that was accepted")
    public record Accepted(
            @Schema(description = "The id of the message that sends it to the market", examples = "order-10012")
            String messageId,

            OrderView acceptanceResult) {}

    /**
     * A page of orders, by trade number descending.
     *
     * @param nextCursor the start of the next page; absent on the last page
     */
    @Schema(name = "OrderPage", description = "Orders, newest first")
    public record Page(
            List<OrderView> orders,

            @Schema(description = "Absent on the last page. The `cursor` of the next page", examples = "10012")
            String nextCursor) {}

    /** The response to an accepted order. */
    public static Accepted accepted(Trade trade) {
        return new Accepted(OutboxMessage.id(Destination.ORDER, trade.tradeNo()), of(trade, null));
    }

    static OrderView of(Trade trade, Contract contract) {
        return new OrderView(
                trade.tradeNo(),
                trade.orderDate(),
                trade.orderTime(),
                trade.stockCode(),
                trade.tradeType(),
                trade.orderType(),
                trade.orderPrice(),
                trade.orderQuantity(),
                trade.charges().fee(),
                trade.charges().tax(),
                trade.estimatedValue(),
                trade.status(),
                trade.updateTime(),
                trade.account().equals(Account.MAIN) ? null : trade.account(),
                contract);
    }
}
