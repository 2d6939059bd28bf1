package finmicro.balance.ledger.entity;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class LegsTest {

    @Test
    void buyMovesCashToClearingFeeAndTaxAndSharesToTheCustomer() {
        assertThat(Legs.of(fill(TradeType.BUY, 24_200, 24_300)))
                .isEqualTo(new Legs(10_012L, "A002", -24_300, 23_200, 1_000, 100, 0, 10, -10));
    }

    @Test
    void sellMovesCashFromClearingToTheCustomerFeeAndTaxAndSharesToClearing() {
        assertThat(Legs.of(fill(TradeType.SELL, 22_200, 22_100)))
                .isEqualTo(new Legs(10_012L, "A002", 22_100, -23_200, 1_000, 100, 0, -10, 10));
    }

    @Test
    void transferHasItsCounterpartInTheBank() {
        assertThat(Legs.cash(500)).isEqualTo(new Legs(null, null, 500, 0, 0, 0, -500, 0, 0));
        assertThat(Legs.cash(-500)).isEqualTo(new Legs(null, null, -500, 0, 0, 0, 500, 0, 0));
    }

    @Test
    void adjustmentHasItsCounterpartsInTheBankAndInClearing() {
        assertThat(Legs.adjustment(-700, "A001", 3)).isEqualTo(new Legs(null, "A001", -700, 0, 0, 0, 700, 3, -3));
    }

    private static Settlement fill(TradeType side, long contractValue, long settlementAmount) {
        return new Settlement(
                10_012,
                LocalDate.of(2020, 6, 7),
                LocalTime.of(11, 25, 3),
                "A002",
                side,
                OrderType.MARKET,
                BigDecimal.valueOf(2_320),
                10,
                1_000,
                100,
                contractValue,
                settlementAmount,
                OffsetDateTime.parse("2020-06-07T11:25:04+09:00"),
                null);
    }
}
