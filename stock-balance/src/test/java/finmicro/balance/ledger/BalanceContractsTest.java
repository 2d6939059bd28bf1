package finmicro.balance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.boundary.SettledBalance;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.balance.ledger.entity.HoldRequest;
import finmicro.common.json.StrictJson;
import finmicro.embedded.Contracts;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;

class BalanceContractsTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void holdRoundTrips() {
        assertThat(roundTrip("hold", HoldRequest.class).cashValue()).isEqualTo(24_800);
    }

    @Test
    void settlementRoundTrips() {
        assertThat(roundTrip("settlement", ContractTrade.class).tradeNo()).isEqualTo(10012);
    }

    @Test
    void answerIsWrittenAsItsContract() {
        assertWritten("settled-balance", new SettledBalance(9_975_700, "A002", 24_200, 10));
    }

    private static <T extends Record> T roundTrip(String name, Class<T> type) {
        return Contracts.assertRoundTrips(name, text -> JSON.read(text, type), JSON::text);
    }

    private static void assertWritten(String name, Object value) {
        Contracts.assertWritten(name, JSON.text(value));
    }
}
