package finmicro.items.price.entity;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A price of the history.
 *
 * @param time HH:mm, JST
 * @param price yen
 * @param changedAt when it was stored or changed last, by the clock of the database
 */
public record StoredPrice(
        String stockCode, String stockName, LocalDate date, String time, BigDecimal price, LocalDateTime changedAt) {

    /** As it goes over the wire. */
    public PriceMessage message() {
        PriceMessage.TimePrice minute = new PriceMessage.TimePrice(time, price);
        return new PriceMessage(stockCode, stockName, List.of(new PriceMessage.DatePrice(date, List.of(minute))));
    }
}
