package finmicro.balance.feed.boundary;

import finmicro.balance.feed.control.FeedQueries.Page;
import finmicro.balance.feed.control.FeedQueries.PositionedEntry;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerEntry;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of the feed.
 *
 * @param entries ordered by position
 * @param head last position of the feed
 */
@Schema(description = "A page of the bookings that stock-trade did not request")
public record FeedPage(
        @Schema(description = "Ascending by position") List<FeedEntry> entries,

        @Schema(description = "Last position of the feed; 0 if the feed is empty", examples = "12")
        long head) {

    /**
     * One booking.
     *
     * @param tradeNo null unless the entry is a settlement
     * @param stockCode null if no shares are involved
     * @param cash whole yen that the account received; negative if it paid
     * @param shares shares that the account received; negative if it delivered
     */
    @Schema(description = "A booking at its position in the feed")
    public record FeedEntry(
            @Schema(examples = "12") long position,
            @Schema(examples = "trade-9001") String key,
            @Schema(examples = "main") String account,
            EntryKind kind,

            @Schema(description = "Absent unless the entry is a settlement", examples = "9001")
            Long tradeNo,

            @Schema(description = "Absent if no shares are involved", examples = "A002")
            String stockCode,

            @Schema(description = "Whole yen that the account received; negative if it paid", examples = "-24300")
            long cash,

            @Schema(description = "Shares that the account received; negative if it delivered", examples = "10")
            long shares) {

        static FeedEntry of(PositionedEntry positioned) {
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

    static FeedPage of(Page page) {
        return new FeedPage(page.entries().stream().map(FeedEntry::of).toList(), page.head());
    }
}
