package finmicro.common.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Where a price times a quantity becomes whole yen; nowhere else is rounded. */
public final class Amount {

    private Amount() {}

    /**
     * @param price yen a share, at most 4 decimals
     * @param quantity shares
     * @return whole yen, rounded down
     * @throws ArithmeticException when it does not fit into a long
     */
    public static long of(BigDecimal price, long quantity) {
        return price.multiply(BigDecimal.valueOf(quantity))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
