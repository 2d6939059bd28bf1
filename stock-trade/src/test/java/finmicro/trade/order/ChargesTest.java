package finmicro.trade.order;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.trading.TradeType;
import finmicro.trade.order.entity.Charges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargesTest {

    @ParameterizedTest
    @CsvSource({
        "0,1000,100",
        "249999,1000,100",
        "250000,5000,500",
        "499999,5000,500",
        "500000,10000,1000",
        "100000000000000,10000,1000"
    })
    void feeDependsOnTheOrderAmountAndTaxIsATenthOfIt(long amount, long fee, long tax) {
        assertThat(Charges.ofOrder(amount)).isEqualTo(new Charges(fee, tax));
    }

    @Test
    void feeAndTaxRaiseTheCostOfABuyAndReduceTheProceedsOfASell() {
        Charges charges = Charges.ofOrder(23_200);

        assertThat(charges.withFee(TradeType.BUY, 23_200)).isEqualTo(24_200);
        assertThat(charges.withFeeAndTax(TradeType.BUY, 23_200)).isEqualTo(24_300);
        assertThat(charges.withFee(TradeType.SELL, 23_200)).isEqualTo(22_200);
        assertThat(charges.withFeeAndTax(TradeType.SELL, 23_200)).isEqualTo(22_100);
    }

    @Test
    void sellBelowItsChargesHasNegativeProceeds() {
        assertThat(Charges.ofOrder(10).withFeeAndTax(TradeType.SELL, 10)).isEqualTo(-1_090);
    }
}
