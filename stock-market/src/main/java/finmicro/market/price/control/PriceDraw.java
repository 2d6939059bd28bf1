package finmicro.market.price.control;

import finmicro.market.price.entity.Listing;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** Draws a price within 50 yen of the first price, uniformly distributed, and at least 1. */
public final class PriceDraw {

    private static final int MAX_MOVE = 50;

    private PriceDraw() {}

    /** Returns the price of that minute. Deterministic, so that all tasks publish the same price. */
    public static long at(Listing listing, LocalDateTime minute) {
        long seed = 31L * listing.stockCode().hashCode() + minute.toEpochSecond(ZoneOffset.UTC) / 60;
        return from(listing, new SplittableRandom(seed));
    }

    /** Draws a price with the random generator. */
    public static long from(Listing listing, SplittableRandom random) {
        return Math.max(1, listing.firstPrice() + random.nextInt(-MAX_MOVE, MAX_MOVE + 1));
    }

    /** Returns the last minute up to now at which a price was due. Intervals start at midnight. */
    public static LocalDateTime due(LocalDateTime now, int intervalMinutes) {
        int minute = now.getHour() * 60 + now.getMinute();
        return now.toLocalDate().atStartOfDay().plusMinutes(minute - minute % intervalMinutes);
    }
}
