package finmicro.trade.account.boundary;

import finmicro.trade.account.control.AccountQueries.Holdings;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.Position;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An account in responses and events. All amounts are whole yen.
 *
 * @param reservedCash reserved for open orders
 * @param buyingPower cash minus reserved cash
 * @param stocks ordered by stock code
 */
@Schema(name = "Account", description = "Cash, buying power and positions of an account")
public record AccountView(
        @Schema(examples = "alice") String account,
        AccountStatus status,

        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        @Schema(description = "Whole yen reserved for open orders", examples = "24300")
        long reservedCash,

        @Schema(description = "Whole yen available to a new order: cash minus reserved cash", examples = "9951400")
        long buyingPower,

        List<Stock> stocks) {

    /**
     * A position.
     *
     * @param availableQuantity shares minus reserved shares
     */
    @Schema(name = "AccountStock", description = "Shares of one stock")
    public record Stock(
            @Schema(examples = "A002") String stockCode,

            @Schema(description = "Shares; may be negative", examples = "10")
            long stockQuantity,

            @Schema(description = "Shares reserved for open sell orders", examples = "4")
            long reservedQuantity,

            @Schema(description = "Shares available to sell", examples = "6")
            long availableQuantity) {

        static Stock of(Position position) {
            return new Stock(
                    position.stockCode(), position.quantity(), position.reservedQuantity(), position.available());
        }
    }

    /** The view of an opened account. */
    static AccountView of(Holdings holdings) {
        return new AccountView(
                holdings.account().account(),
                holdings.account().status(),
                holdings.account().cash(),
                holdings.account().reservedCash(),
                holdings.account().buyingPower(),
                holdings.positions().stream().map(Stock::of).toList());
    }

    /** The view of an account that its first write will open with {@code cash}. */
    static AccountView unopened(String account, long cash) {
        return new AccountView(account, AccountStatus.ACTIVE, cash, 0, cash, List.of());
    }
}
