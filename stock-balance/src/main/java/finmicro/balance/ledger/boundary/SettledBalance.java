package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.entity.StockMove;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The balances after one settlement.
 *
 * @param cashValue whole yen
 * @param stockValue book value in whole yen
 * @param stockQuantity shares; negative if more was sold than held
 */
@Schema(description = "The balances after one settlement")
public record SettledBalance(
        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        @Schema(examples = "A002") String stockCode,

        @Schema(description = "Book value in whole yen", examples = "24200")
        long stockValue,

        @Schema(description = "Shares; negative if more was sold than held", examples = "10")
        long stockQuantity) {

    static SettledBalance of(StockMove move) {
        return new SettledBalance(move.cashAfter(), move.stockCode(), move.valueAfter(), move.quantityAfter());
    }
}
