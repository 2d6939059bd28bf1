package finmicro.trade.account.boundary;

import finmicro.trade.account.control.AccountQueries.Holdings;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.Position;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An account as it is answered. All amounts are whole yen.
 *
 * @param reservedCash reserved for open orders
 * @param buyingPower cash without the reserved cash
 * @param stocks by stock code
 */
@Schema(name = "Account", description = "Cash, buying power and positions of an account")
public record AccountView(
        @Schema(examples = "alice") String account,
        AccountStatus status,

        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        @Schema(description = "Whole yen that open orders may need", examples = "24300")
        long reservedCash,

        @Schema(description = "Whole yen that a new order can use: cash without reserved cash", examples = "9951400")
        long buyingPower,

        List<Stock> stocks) {

    /**
     * A position.
     *
     * @param availableQuantity shares without the reserved ones
     */
    @Schema(name = "AccountStock", description = "Shares of one stock")
    public record Stock(
            @Schema(examples = "A002") String stockCode,

            @Schema(description = "Shares; may be negative", examples = "10")
            long stockQuantity,

            @Schema(description = "Shares that open orders sell", examples = "4")
            long reservedQuantity,

            @Schema(description = "Shares that a new order can sell", examples = "6")
            long availableQuantity) {

        static Stock of(Position position) {
            return new Stock(
                    position.stockCode(), position.quantity(), position.reservedQuantity(), position.available());
        }
    }

    /** An account that is opened. */
    static AccountView of(Holdings holdings) {
        return new AccountView(
                holdings.account().account(),
                holdings.account().status(),
                holdings.account().cash(),
                holdings.account().reservedCash(),
                holdings.account().buyingPower(),
                holdings.positions().stream().map(Stock::of).toList());
    }

    /** An account that its first write will open with that cash. */
    static AccountView unopened(String account, long cash) {
        return new AccountView(account, AccountStatus.ACTIVE, cash, 0, cash, List.of());
    }
}
