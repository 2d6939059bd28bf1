package finmicro.market.price.control;

import finmicro.market.price.entity.Listing;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** Draws a price around the first price: up to 50 yen off, all moves alike, never below 1. */
public final class PriceDraw {

    private static final int MOVE = 50;

    private PriceDraw() {}

    /** The price of that minute: the same in every task, so that two of them publish the same. */
    public static long at(Listing listing, LocalDateTime minute) {
        long seed = 31L * listing.stockCode().hashCode() + minute.toEpochSecond(ZoneOffset.UTC) / 60;
        return from(listing, new SplittableRandom(seed));
    }

    /** A price from a source of chance. */
    public static long from(Listing listing, SplittableRandom random) {
        return Math.max(1, listing.firstPrice() + random.nextInt(-MOVE, MOVE + 1));
    }

    /** The last minute up to now at which a price was due: every so many minutes from midnight. */
    public static LocalDateTime due(LocalDateTime now, int everyMinutes) {
        int minute = now.getHour() * 60 + now.getMinute();
        return now.toLocalDate().atStartOfDay().plusMinutes(minute - minute % everyMinutes);
    }
}
