package finmicro.balance.ledger.entity;

import finmicro.common.trading.AccountId;
import finmicro.common.trading.ContractPrice;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.Quantity;
import finmicro.common.trading.StockCode;
import finmicro.common.trading.TradeType;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A filled trade to settle, as recorded by stock-trade.
 *
 * @param contractPrice yen per share
 * @param contractValue whole yen: amount + fee of a BUY, amount - fee of a SELL
 * @param settlementAmount whole yen: contract value + tax of a BUY, - tax of a SELL; negative if fee and tax exceed the proceeds
 */
@Schema(name = "ContractTrade", description = "A filled trade to settle")
public record Settlement(
        @Schema(examples = "9001") @Positive long tradeNo,

        @Schema(implementation = Integer.class, examples = "20200607", description = "Date of the fill, yyyyMMdd, JST")
        LocalDate contractDate,

        @Schema(implementation = String.class, examples = "11:25:03", description = "Time of the fill, HH:mm:ss, JST")
        LocalTime contractTime,

        @Schema(examples = "A002") @StockCode String stockCode,

        TradeType tradeType,

        OrderType orderType,

        @Schema(description = "Yen per share", examples = "2320") @ContractPrice
        BigDecimal contractPrice,

        @Schema(description = "Shares", examples = "10") @Quantity
        long contractQuantity,

        @Schema(description = "Whole yen", examples = "1000") @Min(0) @Max(1_000_000)
        long fee,

        @Schema(description = "Whole yen", examples = "100") @Min(0) @Max(1_000_000)
        long tax,

        @Schema(description = "Whole yen: amount + fee of a BUY, amount - fee of a SELL", examples = "24200")
        @Min(-2_000_000)
        @Max(MAX_YEN)
        long contractValue,

        @Schema(description = "Whole yen: contract value + tax of a BUY, - tax of a SELL", examples = "24300")
        @Min(-2_000_000)
        @Max(MAX_YEN)
        long settlementAmount,

        @Schema(examples = "2020-06-07T11:25:04+09:00") OffsetDateTime updateTime,

        @Schema(
                description = "Absent for the account `main`. The account that the trade is settled for",
                examples = "alice")
        @Nullable
        @AccountId
        String account) {

    /** Exceeds the highest price times the highest quantity. Sums of it stay far below 64 bits. */
    private static final long MAX_YEN = 200_000_000_000_000L;
}
