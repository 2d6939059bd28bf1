package finmicro.items.price.control;

import finmicro.common.time.JapanTime;
import java.time.LocalDate;

/**
 * A place in the history of a stock, between two pages. Its text is {@code yyyyMMdd}, a {@code T}, and the time.
 *
 * @param time HH:mm
 */
public record PricePosition(LocalDate date, String time) {

    /** What its text looks like. */
    public static final String FORM = "[0-9]{8}T[0-9:]{1,8}";

    /**
     * @param text of that form
     * @throws java.time.DateTimeException when there is no such date
     */
    public static PricePosition of(String text) {
        return new PricePosition(JapanTime.date(Integer.parseInt(text.substring(0, 8))), text.substring(9));
    }

    @Override
    public String toString() {
        return JapanTime.number(date) + "T" + time;
    }
}
