package finmicro.balance.feed.boundary;

import finmicro.balance.feed.control.FeedQueries.Snapshot;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An account in the ledger at one point of its history.
 *
 * @param cashValue whole yen
 * @param sequence of the account's last entry by then
 * @param feedPosition the last position of the feed by then
 */
@Schema(description = "An account at one point of its history")
public record AccountSnapshot(
        @Schema(examples = "main") String account,

        @Schema(description = "Whole yen; may be below 0", examples = "9975700")
        long cashValue,

        @Schema(description = "By stock code") List<Stock> stocks,

        @Schema(description = "The number of the account's last entry by then; 0 if it has none", examples = "5")
        long sequence,

        @Schema(description = "The last position of the feed by then; 0 if there is none", examples = "12")
        long feedPosition) {

    /** Shares of one stock; below 0 if more was sold than held. */
    @Schema(name = "SharesHeld", description = "The shares of one stock")
    public record Stock(
            @Schema(examples = "A002") String stockCode,

            @Schema(description = "Shares; below 0 if more was sold than held", examples = "10")
            long stockQuantity) {}

    static AccountSnapshot of(String account, Snapshot snapshot) {
        List<Stock> stocks = snapshot.shares().stream()
                .map(shares -> new Stock(shares.stockCode(), shares.quantity()))
                .toList();
        return new AccountSnapshot(account, snapshot.cash(), stocks, snapshot.sequence(), snapshot.feedPosition());
    }
}
