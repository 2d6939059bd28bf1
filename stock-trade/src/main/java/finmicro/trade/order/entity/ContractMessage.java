package finmicro.trade.order.entity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import finmicro.common.time.JapanTime;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * The market's result for an order, in the format of {@code stock-contract-trades-que}: a fill, or no fill.
 *
 * @param orderStatus whether the order is filled; if not, the date is 0, the time empty and the price -99999999
 * @param contractDate yyyyMMdd
 * @param contractTime HH:mm:ss
 * @param contractPrice yen a share
 * @param contractQuantity shares
 */
public record ContractMessage(
        @Positive long tradeNo,
        boolean orderStatus,
        int contractDate,
        String contractTime,
        String stockCode,
        TradeType tradeType,
        OrderType orderType,
        BigDecimal contractPrice,
        long contractQuantity) {

    private static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(10_000_050);
    private static final int MAX_DECIMALS = 4;

    /** Whether a fill has valid fields. Its quantity cannot be compared with the ordered quantity here. */
    @JsonIgnore
    @AssertTrue(message = "a fill needs a valid date, time, price and quantity")
    public boolean isFillComplete() {
        return !orderStatus
                || (contractQuantity > 0
                        && contractPrice != null
                        && contractPrice.signum() > 0
                        && contractPrice.compareTo(HIGHEST_PRICE) <= 0
                        && contractPrice.scale() <= MAX_DECIMALS
                        && hasTime());
    }

    private boolean hasTime() {
        try {
            return date() != null && time() != null;
        } catch (DateTimeException | NullPointerException e) {
            return false;
        }
    }

    /** The day of a fill, JST. */
    public LocalDate date() {
        return JapanTime.date(contractDate);
    }

    /** The time of a fill, JST. */
    public LocalTime time() {
        return LocalTime.parse(contractTime, JapanTime.TIME);
    }
}
