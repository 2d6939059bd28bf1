package finmicro.balance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.entity.LedgerHolding;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class LedgerHoldingTest {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2020-06-07T11:25:04+09:00");

    private final LedgerHolding holding = new LedgerHolding("alice", "A002");

    private void assertHolds(long quantity, long value) {
        assertThat(holding.quantity()).isEqualTo(quantity);
        assertThat(holding.value()).isEqualTo(value);
    }

    @Test
    void buyAddsQuantityAndValue() {
        holding.buy(10, 24_200, AT);
        holding.buy(5, 12_600, AT);

        assertHolds(15, 36_800);
    }

    @Test
    void sellReducesTheValueProportionallyRoundedDown() {
        holding.buy(3, 100, AT);

        holding.sell(1, AT);
        assertHolds(2, 67);

        holding.sell(1, AT);
        assertHolds(1, 34);
    }

    /** 100 x 2 / 3 is 66.67: the value decreases by 66, not by 67. */
    @Test
    void reductionIsRoundedDownEvenAboveHalfAYen() {
        holding.buy(3, 100, AT);

        holding.sell(2, AT);

        assertHolds(1, 34);
    }

    @Test
    void reductionWithoutARemainderIsNotRounded() {
        holding.buy(4, 100, AT);

        holding.sell(1, AT);

        assertHolds(3, 75);
    }

    @Test
    void changeKeepsItsTimeAndAnOldProgramMaySetAnyValues() {
        holding.set(7, 16_000, AT);

        assertHolds(7, 16_000);
        assertThat(holding.updateTime()).isEqualTo(AT);
        assertThat(holding.account()).isEqualTo("alice");
        assertThat(holding.stockCode()).isEqualTo("A002");
    }

    @Test
    void sellingAllLeavesExactlyZero() {
        holding.buy(3, 100, AT);
        holding.sell(1, AT);

        holding.sell(2, AT);

        assertHolds(0, 0);
    }

    @Test
    void sellBeyondTheHoldingMakesTheQuantityNegativeAndTheValueZero() {
        holding.buy(10, 24_200, AT);

        holding.sell(15, AT);
        assertHolds(-5, 0);

        holding.sell(5, AT);
        assertHolds(-10, 0);
    }

    @Test
    void buyThatDoesNotCoverTheShortPositionAddsNoValue() {
        holding.sell(10, AT);

        holding.buy(4, 9_000, AT);
        assertHolds(-6, 0);

        holding.buy(6, 9_000, AT);
        assertHolds(0, 0);
    }

    @Test
    void buyBeyondTheShortPositionAddsValueForTheRemainderOnly() {
        holding.sell(10, AT);

        holding.buy(13, 1_000, AT);

        assertHolds(3, 230);
    }

    /** 1,000 x 2 / 3 is 666.67. */
    @Test
    void valueAfterCoveringAShortPositionIsRoundedDown() {
        holding.sell(1, AT);

        holding.buy(3, 1_000, AT);

        assertHolds(2, 666);
    }

    @Test
    void reductionIsExactIfTheProductOverflows64Bits() {
        holding.buy(10_000_000, 100_000_000_010_000L, AT);
        holding.buy(10_000_000, 100_000_000_010_000L, AT);

        holding.sell(9_999_999, AT);

        assertHolds(10_000_001, 200_000_000_020_000L - 99_999_990_009_999L);
    }

    @Test
    void negativeValueIsRoundedDown() {
        holding.buy(3, -100, AT);

        holding.sell(1, AT);

        assertHolds(2, -66);
    }
}
