package finmicro.trade.ledger.entity;

import jakarta.annotation.Nullable;
import java.util.List;

/**
 * External bookings, which the ledger did not receive from stock-trade's outbox: the response of {@code GET /balance/feed}.
 *
 * @param entries ascending by position
 * @param head the last position in the feed
 */
public record FeedPage(List<FeedEntry> entries, long head) {

    /** The maximum number of entries in a page. */
    public static final int MAX_ENTRIES = 500;

    /**
     * One booking.
     *
     * @param position ascending and unique
     * @param tradeNo of a settlement; absent in any other entry
     * @param stockCode absent if no shares were moved
     * @param cash whole yen; positive for a credit, negative for a debit
     * @param shares positive if the account received them, negative if it delivered them
     */
    public record FeedEntry(
            long position,
            String key,
            String account,
            String kind,
            @Nullable Long tradeNo,
            @Nullable String stockCode,
            long cash,
            long shares) {}
}
