package finmicro.trade.order.entity;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A fill in the format of the API and of stock-balance.
 *
 * @param account absent for the account {@code main}, because older clients and services do not know accounts
 * @param contractPrice yen a share
 * @param contractQuantity shares
 * @param contractValue whole yen: amount + fee of a BUY, amount - fee of a SELL
 * @param settlementAmount whole yen: contract value + tax of a BUY, - tax of a SELL
 */
@Schema(description = "The fill of an order, and its value")
public record Contract(
        @Schema(examples = "10012") long tradeNo,

        @Schema(implementation = Integer.class, examples = "20200607", description = "yyyyMMdd, JST")
        LocalDate contractDate,

        @Schema(implementation = String.class, examples = "11:25:03", description = "HH:mm:ss, JST")
        LocalTime contractTime,

        @Schema(examples = "A002") String stockCode,
        TradeType tradeType,
        OrderType orderType,

        @Schema(description = "Yen a share", examples = "2320")
        BigDecimal contractPrice,

        @Schema(description = "Shares", examples = "10") long contractQuantity,

        @Schema(description = "Whole yen", examples = "1000")
        long fee,

        @Schema(description = "Whole yen", examples = "100") long tax,

        @Schema(description = "Whole yen: amount + fee of a BUY, amount - fee of a SELL", examples = "24200")
        long contractValue,

        @Schema(description = "Whole yen: contract value + tax of a BUY, - tax of a SELL", examples = "24300")
        long settlementAmount,

        @Schema(examples = "2020-06-07T11:25:04+09:00") OffsetDateTime updateTime,

        @Schema(description = "Absent for `main`. The account of the order", examples = "alice") @Nullable
        String account) {}
