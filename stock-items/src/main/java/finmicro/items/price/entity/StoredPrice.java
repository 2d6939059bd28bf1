package finmicro.items.price.entity;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A price in the history.
 *
 * @param time HH:mm, JST
 * @param price yen
 * @param changedAt time of the last change, by the clock of the database
 */
public record StoredPrice(
        String stockCode, String stockName, LocalDate date, String time, BigDecimal price, LocalDateTime changedAt) {

    /** Converts the price to a message. */
    public PriceMessage message() {
        PriceMessage.TimePrice minute = new PriceMessage.TimePrice(time, price);
        return new PriceMessage(stockCode, stockName, List.of(new PriceMessage.DatePrice(date, List.of(minute))));
    }
}
