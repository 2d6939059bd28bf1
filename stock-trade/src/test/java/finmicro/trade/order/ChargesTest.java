package finmicro.trade.order;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.trading.Amount;
import finmicro.common.trading.TradeType;
import finmicro.trade.order.entity.Charges;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ChargesTest {

    /** The screen estimates orders by the same samples: {@code money.test.js}. */
    @ParameterizedTest
    @CsvFileSource(resources = "/contracts/charges.csv", useHeadersInDisplayName = true)
    void feeDependsOnTheOrderAmountAndTaxIsATenthOfIt(
            BigDecimal price, long quantity, long amount, long fee, long tax, long buy, long sell) {
        assertThat(Amount.of(price, quantity)).isEqualTo(amount);
        Charges charges = Charges.ofOrder(amount);

        assertThat(charges).isEqualTo(new Charges(fee, tax));
        assertThat(charges.withFeeAndTax(TradeType.BUY, amount)).isEqualTo(buy);
        assertThat(charges.withFeeAndTax(TradeType.SELL, amount)).isEqualTo(sell);
    }

    @Test
    void feeAndTaxRaiseTheCostOfABuyAndReduceTheProceedsOfASell() {
        Charges charges = Charges.ofOrder(23_200);

        assertThat(charges.withFee(TradeType.BUY, 23_200)).isEqualTo(24_200);
        assertThat(charges.withFeeAndTax(TradeType.BUY, 23_200)).isEqualTo(24_300);
        assertThat(charges.withFee(TradeType.SELL, 23_200)).isEqualTo(22_200);
        assertThat(charges.withFeeAndTax(TradeType.SELL, 23_200)).isEqualTo(22_100);
    }
}
