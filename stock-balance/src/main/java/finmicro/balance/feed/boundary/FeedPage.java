package finmicro.balance.feed.boundary;

import finmicro.balance.feed.control.FeedQueries.Part;
import finmicro.balance.feed.control.FeedQueries.Positioned;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerEntry;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of the feed.
 *
 * @param entries by position
 * @param head the last position there is
 */
@Schema(description = "Bookings that stock-trade did not ask for")
public record FeedPage(
        @Schema(description = "Ascending by position") List<FeedEntry> entries,

        @Schema(description = "The last position there is; 0 if there is none", examples = "12")
        long head) {

    /**
     * One booking.
     *
     * @param tradeNo null unless a trade was settled
     * @param stockCode null if no shares are involved
     * @param cash whole yen that the account got
     * @param shares that the account got
     */
    @Schema(description = "A booking at its position in the feed")
    public record FeedEntry(
            @Schema(examples = "12") long position,
            @Schema(examples = "trade-9001") String key,
            @Schema(examples = "main") String account,
            EntryKind kind,

            @Schema(description = "Absent unless a trade was settled", examples = "9001")
            Long tradeNo,

            @Schema(description = "Absent if no shares are involved", examples = "A002")
            String stockCode,

            @Schema(description = "Whole yen that the account got; below 0 if it paid", examples = "-24300")
            long cash,

            @Schema(description = "Shares that the account got; below 0 if it gave some", examples = "10")
            long shares) {

        static FeedEntry of(Positioned positioned) {
            LedgerEntry entry = positioned.entry();
            return new FeedEntry(
                    positioned.position(),
                    entry.key(),
                    entry.account(),
                    entry.kind(),
                    entry.tradeNo(),
                    entry.stockCode(),
                    entry.customerCash(),
                    entry.customerShares());
        }
    }

    static FeedPage of(Part part) {
        return new FeedPage(part.entries().stream().map(FeedEntry::of).toList(), part.head());
    }
}
