package finmicro.market.price.entity;

import finmicro.common.time.JapanTime;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A price published to {@code stock-prices-que}. */
@Schema(name = "StockPrices", description = "Prices of one stock, by day and minute")
public record PriceMessage(
        @Schema(examples = "A002") String stockCode,
        @Schema(examples = "Sample IT Company2") String stockName,
        List<DatePrice> datePrice) {

    /** The prices of one day. */
    @Schema(description = "The prices of one day")
    public record DatePrice(
            @Schema(implementation = Integer.class, examples = "20200526", description = "yyyyMMdd, JST")
            LocalDate date,

            List<TimePrice> timePrice) {}

    /** The price of one minute, in yen. */
    @Schema(description = "The price of one minute")
    public record TimePrice(
            @Schema(examples = "09:00", description = "HH:mm, JST")
            String time,

            @Schema(description = "Yen per share", examples = "2650")
            BigDecimal price) {}

    /**
     * Creates a message with one price.
     *
     * @param at the minute, JST
     * @param price yen
     */
    public static PriceMessage of(Listing listing, LocalDateTime at, long price) {
        TimePrice minute = new TimePrice(at.format(JapanTime.MINUTE), BigDecimal.valueOf(price));
        return new PriceMessage(
                listing.stockCode(), listing.stockName(), List.of(new DatePrice(at.toLocalDate(), List.of(minute))));
    }
}
