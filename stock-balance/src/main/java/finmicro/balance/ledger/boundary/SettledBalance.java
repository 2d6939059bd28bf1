package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.entity.StockMove;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The balances as one settlement left them.
 *
 * @param cashValue whole yen
 * @param stockValue book value in whole yen
 * @param stockQuantity shares; below 0 where more was sold than held
 */
@Schema(description = "The balances as one settlement left them")
public record SettledBalance(
        @Schema(description = "Whole yen; may be below 0", examples = "9975700")
        long cashValue,

        @Schema(examples = "A002") String stockCode,

        @Schema(description = "Book value in whole yen", examples = "24200")
        long stockValue,

        @Schema(description = "Shares; below 0 where more was sold than held", examples = "10")
        long stockQuantity) {

    static SettledBalance of(StockMove move) {
        return new SettledBalance(move.cashAfter(), move.stockCode(), move.valueAfter(), move.quantityAfter());
    }
}
