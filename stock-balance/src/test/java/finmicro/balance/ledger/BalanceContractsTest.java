package finmicro.balance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import finmicro.balance.ledger.boundary.EntryBatch;
import finmicro.balance.ledger.boundary.EntryRequest;
import finmicro.balance.ledger.boundary.SettledBalance;
import finmicro.balance.ledger.boundary.SettledBatch;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.balance.ledger.entity.SettlementBatch;
import finmicro.common.json.FieldError;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.rest.RequestBody;
import finmicro.embedded.MessageSamples;
import jakarta.validation.Validation;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceContractsTest {

    private static final StrictJson JSON =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void settlementRoundTrips() {
        assertThat(roundTrip("settlement", Settlement.class).tradeNo()).isEqualTo(10012);
    }

    @Test
    void batchRoundTrips() {
        assertThat(roundTrip("settlement-batch", SettlementBatch.class).contracts())
                .extracting(entry -> entry.contract().tradeNo(), SettlementBatch.Entry::traceparent)
                .containsExactly(
                        tuple(10012L, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), tuple(10014L, null));
    }

    @Test
    void responsesMatchTheirContracts() {
        SettledBalance settled = new SettledBalance(9_975_700, "A002", 24_200, 10);
        assertWritten("settled-balance", settled);
        assertWritten("settled-batch", new SettledBatch(List.of(settled)));
    }

    @Test
    void entriesRoundTrip() {
        assertThat(roundTrip("ledger-entries", EntryBatch.class).entries())
                .extracting(EntryRequest::key, EntryRequest::account)
                .containsExactly(
                        tuple("trade-10012", null),
                        tuple("trade-10014", "alice"),
                        tuple("opening-alice", "alice"),
                        tuple("cash-7", "alice"));
    }

    /** Every field has its maximum length; the reference uses characters of three bytes. */
    @Test
    void hundredEntriesOfMaximumSizeFitIntoABody() {
        String account = "\"account\":\"" + "a".repeat(64) + "\"";
        String settlement = "{\"key\":\"trade-%s\",%s,\"kind\":\"SETTLEMENT\",%s"
                .formatted("9".repeat(19), account, longestEntry().substring(1));
        String deposit =
                "{\"key\":\"cash-%s\",%s,\"kind\":\"WITHDRAWAL\",\"amount\":1000000000000,\"reference\":\"%s\"}"
                        .formatted("9".repeat(19), account, "円".repeat(100));

        for (String entry : List.of(settlement, deposit)) {
            String body = "{\"entries\":[" + String.join(",", Collections.nCopies(100, entry)) + "]}";
            assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(RequestBody.LIMIT);
        }
    }

    @Test
    void batchHasOneToAHundredFills() {
        assertThat(errorPointers(batch(0))).containsExactly("/contracts");
        assertThat(errorPointers(batch(100))).isEmpty();
        assertThat(errorPointers(batch(101))).containsExactly("/contracts");
    }

    @Test
    void errorInABatchIsReportedByItsPointer() {
        String batch = batch(3).replaceFirst("\"fee\":1000", "\"fee\":-1").replaceFirst("\"tax\":100,", "");

        assertThat(errorPointers(batch))
                .containsExactlyInAnyOrder("/contracts/0/contract/fee", "/contracts/0/contract/tax");
        assertThat(errorPointers("{\"contracts\":[null,{}]}")).containsExactly("/contracts/0", "/contracts/1/contract");
    }

    /** Every field has its maximum length, and every entry a trace. */
    @Test
    void largestBatchFitsIntoABody() {
        assertThat(batch(100, longestEntry())).hasSizeLessThan(RequestBody.LIMIT * 8 / 10);
    }

    private static String longestEntry() {
        String longest = MessageSamples.sample("settlement")
                .replace("10012", "9".repeat(19))
                .replace("A002", "A".repeat(10))
                .replace("BUY", "SELL")
                .replace(":2320,", ":10000000.1234,")
                .replace(":10,", ":10000000,")
                .replace(":1000,", ":1000000,")
                .replace(":100,", ":1000000,")
                .replace("24200", "-" + "1".repeat(15))
                .replace("24300", "-" + "1".repeat(15))
                .replace("04+", "04.123456789+");
        return "{\"contract\":%s,\"traceparent\":\"00-%s-%s-01\"}"
                .formatted(longest.strip(), "1".repeat(32), "1".repeat(16));
    }

    private static String batch(int size) {
        return batch(size, "{\"contract\":" + MessageSamples.sample("settlement") + "}");
    }

    private static String batch(int size, String entry) {
        return "{\"contracts\":[" + String.join(",", Collections.nCopies(size, entry)) + "]}";
    }

    private static List<String> errorPointers(String batch) {
        try {
            JSON.read(batch, SettlementBatch.class);
            return List.of();
        } catch (InvalidInput e) {
            return e.errors().stream().map(FieldError::pointer).toList();
        }
    }

    private static <T extends Record> T roundTrip(String name, Class<T> type) {
        return MessageSamples.assertRoundTrips(name, text -> JSON.read(text, type), JSON::text);
    }

    private static void assertWritten(String name, Object value) {
        MessageSamples.assertWritten(name, JSON.text(value));
    }
}
