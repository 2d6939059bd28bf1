package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.embedded.MessageSamples;
import finmicro.trade.account.entity.CashEntry;
import finmicro.trade.ledger.entity.EntryBatch;
import finmicro.trade.ledger.entity.LedgerEntry;
import finmicro.trade.order.boundary.OrderView;
import finmicro.trade.order.entity.Contract;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.Fill;
import finmicro.trade.order.entity.OrderMessage;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.entity.OutboxMessage;
import jakarta.validation.Validation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradeContractsTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    private final OrderRequest request = JSON.read(MessageSamples.sample("order"), OrderRequest.class);
    private final Trade trade = new Trade(10012, "main", request, Instant.parse("2020-06-07T02:25:00Z"));

    @Test
    void orderMatchesItsContract() {
        roundTrip("order", OrderMessage.class);
        assertWritten("order", OrderMessage.of(trade));
    }

    @Test
    void marketMessagesRoundTrip() {
        assertThat(roundTrip("contract-fill", ContractMessage.class).orderStatus())
                .isTrue();
        assertThat(roundTrip("contract-no-match", ContractMessage.class).orderStatus())
                .isFalse();
    }

    @Test
    void settlementMatchesItsContract() {
        ContractMessage message = JSON.read(MessageSamples.sample("contract-fill"), ContractMessage.class);
        Fill fill = new Fill(trade, message, OffsetDateTime.parse("2020-06-07T11:25:04+09:00"));

        roundTrip("settlement", Contract.class);
        assertWritten("settlement", fill.contract("main"));
    }

    @Test
    void ledgerEntriesMatchTheirContract() {
        String settlement = MessageSamples.sample("settlement").strip();
        String settlementOfAlice = settlement.replace("10012", "10014").replace("}", ",\"account\":\"alice\"}");
        CashEntry withdrawal = new CashEntry("cash-7", "alice", CashEntry.Kind.WITHDRAWAL, 500, "ATM 12");
        assertWritten(
                "ledger-entries",
                EntryBatch.of(List.of(
                        LedgerEntry.of(
                                settle(10012, settlement, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
                        LedgerEntry.of(settle(10014, settlementOfAlice, null)),
                        LedgerEntry.of(CashEntry.opening("alice", 10_000_000).message(JSON, null)),
                        LedgerEntry.of(withdrawal.message(JSON, null)))));
    }

    @Test
    void ledgerEntryOfMainOmitsTheAccount() {
        assertThat(JSON.text(CashEntry.opening("main", 5))).doesNotContain("account\"");
    }

    private static OutboxMessage settle(long tradeNo, String settlement, String traceparent) {
        return new OutboxMessage(tradeNo, OutboxMessage.Destination.SETTLE, settlement, traceparent, null);
    }

    @Test
    void acceptanceMatchesItsContract() {
        assertWritten("order-accepted", OrderView.accepted(trade));
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
    void invalidFillIsRejected(String valid, String invalid) {
        String sample = MessageSamples.sample("contract-fill");
        String bad = sample.replace(valid, invalid == null ? "" : invalid);

        assertThat(bad).isNotEqualTo(sample);
        assertThatThrownBy(() -> JSON.read(bad, ContractMessage.class)).isInstanceOf(InvalidInput.class);
    }

    private static <T extends Record> T roundTrip(String name, Class<T> type) {
        return MessageSamples.assertRoundTrips(name, text -> JSON.read(text, type), JSON::text);
    }

    private static void assertWritten(String name, Object value) {
        MessageSamples.assertWritten(name, JSON.text(value));
    }
}
