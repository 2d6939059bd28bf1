package finmicro.common.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {

    @ParameterizedTest
    @CsvSource({"2320,10,23200", "2320.9999,10,23209", "0.3333,3,0", "0.5,3,1", "10000000,10000000,100000000000000"})
    @Tag("old-defect-29")
    void amountIsTheFloorOfPriceTimesQuantity(BigDecimal price, long quantity, long amount) {
        assertThat(Amount.of(price, quantity)).isEqualTo(amount);
    }
}
