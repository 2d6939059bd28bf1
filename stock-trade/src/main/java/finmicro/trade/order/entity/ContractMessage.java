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
 * A contract as it comes on {@code stock-contract-trades-que}: a fill, or word that the order found no match.
 *
 * @param orderStatus whether it is a fill; without one the date is 0, the time empty, the price -99999999
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
    private static final int DECIMALS = 4;

    /** A fill has what a fill needs; that its quantity is no more than was ordered, only the trade can tell. */
    @JsonIgnore
    @AssertTrue(message = "a fill needs a date, a time, a price and a quantity that can be")
    public boolean isFillComplete() {
        return !orderStatus
                || (contractQuantity > 0
                        && contractPrice != null
                        && contractPrice.signum() > 0
                        && contractPrice.compareTo(HIGHEST_PRICE) <= 0
                        && contractPrice.scale() <= DECIMALS
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
