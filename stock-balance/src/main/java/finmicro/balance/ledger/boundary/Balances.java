package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.BalanceQueries.AccountBalance;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Cash and all holdings.
 *
 * @param cashValue whole yen; may be negative
 * @param stocks ordered by stock code
 * @param updateTime time of the last booking; null for an account without entries
 */
@Schema(description = "Cash and all holdings")
public record Balances(
        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        List<Stock> stocks,

        @Schema(description = "Absent for an account without entries", examples = "2020-06-07T11:25:04+09:00")
        OffsetDateTime updateTime) {

    /**
     * One holding.
     *
     * @param stockValue book value in whole yen
     * @param stockQuantity shares
     */
    @Schema(name = "Holding", description = "One holding")
    public record Stock(
            @Schema(examples = "A002") String stockCode,

            @Schema(description = "Book value in whole yen", examples = "24200")
            long stockValue,

            @Schema(description = "Shares; negative if more was sold than held", examples = "10")
            long stockQuantity,

            @Schema(examples = "2020-06-07T11:25:04+09:00") OffsetDateTime updateTime) {}

    static Balances of(AccountBalance balance) {
        List<Stock> stocks = balance.holdings().stream()
                .map(holding ->
                        new Stock(holding.stockCode(), holding.value(), holding.quantity(), holding.updateTime()))
                .toList();
        return new Balances(balance.cash(), stocks, balance.updateTime());
    }
}
