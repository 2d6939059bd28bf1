package finmicro.items.price.control;

import finmicro.common.time.JapanTime;
import java.time.LocalDate;

/**
 * A position in the price history of a stock, used as the cursor of a page. Its text form is {@code yyyyMMddTHH:mm}.
 *
 * @param time HH:mm
 */
public record PricePosition(LocalDate date, String time) {

    /** The regular expression of its text form. */
    public static final String FORM = "[0-9]{8}T[0-9:]{1,8}";

    /**
     * @param text matches {@link #FORM}
     * @throws java.time.DateTimeException if the date does not exist
     */
    public static PricePosition of(String text) {
        return new PricePosition(JapanTime.date(Integer.parseInt(text.substring(0, 8))), text.substring(9));
    }

    @Override
    public String toString() {
        return JapanTime.number(date) + "T" + time;
    }
}
