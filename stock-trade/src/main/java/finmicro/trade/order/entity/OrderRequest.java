package finmicro.trade.order.entity;

import finmicro.common.trading.AccountId;
import finmicro.common.trading.OrderPrice;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.Quantity;
import finmicro.common.trading.StockCode;
import finmicro.common.trading.TradeType;
import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A client's request to place an order.
 *
 * @param orderPrice yen a share: the limit, or the reference price of a market order
 * @param orderQuantity shares
 * @param account the account in the request, or null
 */
@Schema(description = "An order to place")
public record OrderRequest(
        @Schema(implementation = Integer.class, examples = "20200607", description = "yyyyMMdd, JST")
        LocalDate orderDate,

        @Schema(implementation = String.class, examples = "11:25:00", description = "HH:mm:ss, JST")
        LocalTime orderTime,

        @Schema(examples = "A002") @StockCode String stockCode,

        TradeType tradeType,

        OrderType orderType,

        @Schema(
                examples = "2320",
                description = "Yen a share, at most 4 decimals: the limit, or the reference price of a market order")
        @OrderPrice
        BigDecimal orderPrice,

        @Schema(examples = "10", description = "Shares") @Quantity
        long orderQuantity,

        @Schema(
                examples = "alice",
                description =
                        "Absent for the caller's own account, or `main` without a token. The account to place the order for")
        @Nullable
        @AccountId
        String account) {}
