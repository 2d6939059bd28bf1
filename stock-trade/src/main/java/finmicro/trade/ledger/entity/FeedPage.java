package finmicro.trade.ledger.entity;

import jakarta.annotation.Nullable;
import java.util.List;

/**
 * Bookings that the ledger did not get from stock-trade's outbox: the answer to {@code GET /balance/feed}.
 *
 * @param entries ascending by position
 * @param head the last position there is
 */
public record FeedPage(List<FeedEntry> entries, long head) {

    /** The maximum number of entries in a page. */
    public static final int MOST = 500;

    /**
     * One booking.
     *
     * @param position ascending without doubles
     * @param tradeNo of a settlement; absent in any other entry
     * @param stockCode absent if no shares were moved
     * @param cash whole yen that the account got; negative if it paid
     * @param shares that the account got; negative if it gave
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
