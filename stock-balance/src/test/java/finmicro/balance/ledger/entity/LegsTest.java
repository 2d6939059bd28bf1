package finmicro.balance.ledger.entity;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.control.TestLedger;
import org.junit.jupiter.api.Test;

class LegsTest {

    @Test
    void buyMovesCashToClearingFeeAndTaxAndSharesToTheCustomer() {
        assertThat(Legs.of(TestLedger.buy(10_012, 10, 24_200, 24_300)))
                .isEqualTo(new Legs(10_012L, "A002", -24_300, 23_200, 1_000, 100, 0, 10, -10));
    }

    @Test
    void sellMovesCashFromClearingToTheCustomerFeeAndTaxAndSharesToClearing() {
        assertThat(Legs.of(TestLedger.sell(10_012, 10, 22_200, 22_100)))
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
}
