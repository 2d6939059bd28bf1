package finmicro.common.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Computes amounts in whole yen from price and quantity. The only place that rounds. */
public final class Amount {

    private Amount() {}

    /**
     * @param price yen per share, at most 4 decimals
     * @param quantity shares
     * @return whole yen, rounded down
     * @throws ArithmeticException if it exceeds a long
     */
    public static long of(BigDecimal price, long quantity) {
        return price.multiply(BigDecimal.valueOf(quantity))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
