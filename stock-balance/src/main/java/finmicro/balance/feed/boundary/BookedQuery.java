package finmicro.balance.feed.boundary;

import finmicro.common.trading.Account;
import finmicro.common.trading.AccountId;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Asks which trades are booked up to a point in an account's history.
 *
 * @param account null for main
 * @param sequence sequence number of the account's last entry at that point
 * @param tradeNos 1 to 500
 */
@Schema(description = "Asks which trades are booked up to a point in an account's history")
public record BookedQuery(
        @Schema(description = "Absent for the account `main`", examples = "main") @Nullable @AccountId
        String account,

        @Schema(description = "Sequence number of the account's last entry at that point", examples = "5")
        @Min(value = 0, message = "must be at least 0")
        long sequence,

        @Size(min = 1, max = MAX_TRADES, message = "must be 1 to " + MAX_TRADES)
        List<@Positive Long> tradeNos) {

    private static final int MAX_TRADES = 500;

    String accountOrMain() {
        return account == null ? Account.MAIN : account;
    }
}
