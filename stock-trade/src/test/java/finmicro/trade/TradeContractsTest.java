package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.Contracts;
import finmicro.common.json.InvalidInput;
import finmicro.trade.contract.entity.Contract;
import finmicro.trade.contract.entity.ContractMessage;
import finmicro.trade.contract.entity.ContractTrade;
import finmicro.trade.order.boundary.OrderView;
import finmicro.trade.order.entity.OrderMessage;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradeContractsTest {

    private final OrderRequest request = Contracts.json().read(Contracts.sample("order"), OrderRequest.class);
    private final Trade trade = new Trade(10012, request, OffsetDateTime.parse("2020-06-07T11:25:00+09:00"));

    @Test
    void orderIsWrittenAsItsContract() {
        Contracts.assertRoundTrips("order", OrderMessage.class);
        Contracts.assertWrites("order", OrderMessage.of(10012, request));
    }

    @Test
    void contractsRoundTrip() {
        assertThat(Contracts.assertRoundTrips("contract-fill", ContractMessage.class)
                        .orderStatus())
                .isTrue();
        assertThat(Contracts.assertRoundTrips("contract-no-match", ContractMessage.class)
                        .orderStatus())
                .isFalse();
    }

    @Test
    void settlementOfAFillIsWrittenAsItsContract() {
        ContractMessage fill = Contracts.json().read(Contracts.sample("contract-fill"), ContractMessage.class);
        ContractTrade contract = new ContractTrade(trade, fill, OffsetDateTime.parse("2020-06-07T11:25:04+09:00"));

        Contracts.assertRoundTrips("settlement", Contract.class);
        Contracts.assertWrites("settlement", contract.contract());
    }

    @Test
    void acceptanceIsWrittenAsItsContract() {
        Contracts.assertWrites("order-accepted", OrderView.accepted("order-10012", trade));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"contractDate\":20200607|\"contractDate\":0",
                "\"contractDate\":20200607|\"contractDate\":20201301",
                "11:25:03|",
                "11:25:03|25:00:00",
                "\"contractPrice\":2320|\"contractPrice\":-99999999",
                "\"contractPrice\":2320|\"contractPrice\":10000051",
                "\"contractQuantity\":10|\"contractQuantity\":0",
                "\"contractQuantity\":10|\"contractQuantity\":10.0",
                "\"orderStatus\":true|\"orderStatus\":1",
                "10012|0"
            })
    void fillThatCannotBeIsRefused(String right, String wrong) {
        String sample = new String(Contracts.sample("contract-fill"), StandardCharsets.UTF_8);
        String bad = sample.replace(right, wrong == null ? "" : wrong);

        assertThat(bad).isNotEqualTo(sample);
        assertThatThrownBy(() -> Contracts.json().read(bad, ContractMessage.class))
                .isInstanceOf(InvalidInput.class);
    }
}
