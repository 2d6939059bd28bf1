package finmicro.balance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.boundary.SettledBalance;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.common.json.Contracts;
import org.junit.jupiter.api.Test;

class BalanceContractsTest {

    @Test
    void settlementRoundTrips() {
        assertThat(Contracts.assertRoundTrips("settlement", ContractTrade.class).tradeNo())
                .isEqualTo(10012);
    }

    @Test
    void answerIsWrittenAsItsContract() {
        Contracts.assertWrites("settled-balance", new SettledBalance(9_975_700, "A002", 24_200, 10));
    }
}
