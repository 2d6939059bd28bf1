package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.Ledger.Books;
import finmicro.balance.ledger.entity.CashBalance;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What new orders can count on.
 *
 * @param cashValue whole yen
 * @param heldCash whole yen of it that are held for orders under way
 * @param buyingPower whole yen that are left; may be below 0, as cash may
 * @param stocks by stock code
 */
@Schema(description = "What new orders can count on: the balance less what is held for orders under way")
public record BuyingPower(
        @Schema(description = "Whole yen", examples = "10000000")
        long cashValue,

        @Schema(description = "Whole yen of it that are held for orders under way", examples = "24850")
        long heldCash,

        @Schema(description = "Whole yen that are left; may be below 0", examples = "9975150")
        long buyingPower,

        List<Available> stocks) {

    /**
     * The shares of one stock.
     *
     * @param availableQuantity shares that can be sold
     */
    @Schema(name = "AvailableShares", description = "The shares of one stock that can be sold")
    public record Available(
            @Schema(examples = "A002") String stockCode,
            @Schema(description = "Shares", examples = "10") long stockQuantity,

            @Schema(description = "Shares that open orders sell", examples = "4")
            long heldQuantity,

            @Schema(description = "Shares that can be sold", examples = "6")
            long availableQuantity) {}

    static BuyingPower of(Books books) {
        CashBalance cash = books.cash();
        List<Available> stocks = books.holdings().stream()
                .map(holding ->
                        new Available(holding.stockCode(), holding.quantity(), holding.held(), holding.available()))
                .toList();
        return new BuyingPower(cash.value(), cash.held(), cash.available(), stocks);
    }
}
