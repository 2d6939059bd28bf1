package finmicro.balance.ledger.entity;

import finmicro.common.trading.StockCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an order needs until it is settled.
 *
 * @param cashValue whole yen: what a BUY may cost; of a SELL, what fee and tax may exceed its proceeds by
 * @param stockQuantity shares to be sold; 0 of a BUY
 */
@Schema(name = "Hold", description = "What an order needs until it is settled")
public record HoldRequest(
        @Schema(examples = "A002") @StockCode String stockCode,

        @Schema(
                description = "Whole yen: what a BUY may cost; of a SELL, what fee and tax may exceed its proceeds by",
                examples = "24850")
        @Min(value = 0, message = "must be at least 0")
        @Max(MOST_YEN)
        long cashValue,

        @Schema(description = "Shares to be sold; 0 of a BUY", examples = "0")
        @Min(value = 0, message = "must be at least 0")
        @Max(value = 10_000_000, message = "must be at most 10,000,000")
        long stockQuantity) {

    private static final long MOST_YEN = 200_000_000_000_000L;
}
