package finmicro.trade.operator.boundary;

import finmicro.common.time.JapanTime;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.TradingAccount;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An account without its positions. All amounts are whole yen.
 *
 * @param reservedCash reserved for open orders
 * @param openedAt null if it was created for a booking of stock-balance and no operator has opened it yet
 */
@Schema(description = "An account without its positions")
public record AccountSummary(
        @Schema(examples = "alice") String account,
        AccountStatus status,

        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        @Schema(description = "Whole yen that open orders may need", examples = "24300")
        long reservedCash,

        @Schema(
                description = "Absent until an operator opens it, if it was created for a booking of stock-balance",
                examples = "2020-06-07T11:25:04+09:00")
        OffsetDateTime openedAt) {

    /**
     * Accounts by their ids.
     *
     * @param nextCursor null if there are no more
     */
    @Schema(name = "AccountPage", description = "Accounts by their ids")
    public record Page(
            List<AccountSummary> accounts,

            @Schema(description = "Absent if there are no more. The `cursor` of the next page", examples = "bob")
            String nextCursor) {}

    static AccountSummary of(TradingAccount account) {
        return new AccountSummary(
                account.account(),
                account.status(),
                account.cash(),
                account.reservedCash(),
                account.openedAt().map(JapanTime::of).orElse(null));
    }
}
