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
 * @param openedAt null if a booking of stock-balance created the account and no operator has opened it yet
 */
@Schema(description = "An account without its positions")
public record AccountSummary(
        @Schema(examples = "alice") String account,
        AccountStatus status,

        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        @Schema(description = "Whole yen reserved for open orders", examples = "24300")
        long reservedCash,

        @Schema(
                description = "Absent until an operator opens an account that a booking of stock-balance created",
                examples = "2020-06-07T11:25:04+09:00")
        OffsetDateTime openedAt) {

    /**
     * A page of accounts, ordered by id.
     *
     * @param nextCursor null on the last page
     */
    @Schema(name = "AccountPage", description = "A page of accounts, ordered by id")
    public record Page(
            List<AccountSummary> accounts,

            @Schema(description = "Absent on the last page. The `cursor` of the next page", examples = "bob")
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
