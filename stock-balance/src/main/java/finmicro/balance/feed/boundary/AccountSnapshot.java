package finmicro.balance.feed.boundary;

import finmicro.balance.feed.control.FeedQueries.Snapshot;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The balances of an account in the ledger at one point in its history.
 *
 * @param cashValue whole yen
 * @param sequence sequence number of the account's last entry at that point
 * @param feedPosition last position of the feed at that point
 */
@Schema(description = "The balances of an account at one point in its history")
public record AccountSnapshot(
        @Schema(examples = "main") String account,

        @Schema(description = "Whole yen; may be negative", examples = "9975700")
        long cashValue,

        @Schema(description = "Ordered by stock code") List<Stock> stocks,

        @Schema(
                description = "Sequence number of the account's last entry at that point; 0 if it has none",
                examples = "5")
        long sequence,

        @Schema(description = "Last position of the feed at that point; 0 if the feed is empty", examples = "12")
        long feedPosition) {

    /** Shares of one stock; negative if more was sold than held. */
    @Schema(name = "SharesHeld", description = "The shares of one stock")
    public record Stock(
            @Schema(examples = "A002") String stockCode,

            @Schema(description = "Shares; negative if more was sold than held", examples = "10")
            long stockQuantity) {}

    static AccountSnapshot of(String account, Snapshot snapshot) {
        List<Stock> stocks = snapshot.shares().stream()
                .map(shares -> new Stock(shares.stockCode(), shares.quantity()))
                .toList();
        return new AccountSnapshot(account, snapshot.cash(), stocks, snapshot.sequence(), snapshot.feedPosition());
    }
}
