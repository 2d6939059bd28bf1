package finmicro.balance.ledger.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import finmicro.balance.ledger.control.Booking;
import finmicro.balance.ledger.entity.EntryKind;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.embedded.MessageSamples;
import jakarta.validation.Validation;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryReaderTest {

    private static final String FILL = MessageSamples.sample("settlement").strip();

    private final EntryReader reader = new EntryReader(
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator()));

    @Test
    void entriesOfStockTradeAreRead() {
        List<Booking> bookings = read(MessageSamples.sample("ledger-entries")).stream()
                .map(EntryReader.Entry::booking)
                .toList();

        assertThat(bookings)
                .extracting(Booking::key, Booking::account, Booking::kind, Booking::amount, Booking::reference)
                .containsExactly(
                        tuple("trade-10012", "main", EntryKind.SETTLEMENT, 0L, null),
                        tuple("trade-10014", "alice", EntryKind.SETTLEMENT, 0L, null),
                        tuple("opening-alice", "alice", EntryKind.OPENING, 10_000_000L, null),
                        tuple("cash-7", "alice", EntryKind.WITHDRAWAL, -500L, "ATM 12"));
        assertThat(bookings).noneMatch(Booking::inFeed);
    }

    @Test
    void invalidEntryIsRejectedAndTheOthersAreRead() {
        List<EntryReader.Entry> entries = read("{\"entries\":[{\"key\":\"cash-1\",\"kind\":\"DEPOSIT\",\"amount\":1.5},"
                + "7,{\"key\":\"cash-2\",\"kind\":\"DEPOSIT\",\"amount\":2}]}");

        assertThat(entries.get(0).rejection())
                .isEqualTo(new EntryOutcomes.Outcome(
                        "cash-1", 400, null, "urn:fin-micro:problem:invalid-input", "/amount is of the wrong type"));
        assertThat(entries.get(1).rejection().key()).isNull();
        assertThat(entries.get(1).rejection().detail()).isEqualTo("must be an object");
        assertThat(entries.get(2).booking().amount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"key\":\"trade-10013\",\"kind\":\"SETTLEMENT\",\"contract\":C | /key must be trade-<tradeNo>",
                "\"key\":\"trade-10012\",\"kind\":\"SETTLEMENT\" | /contract is missing",
                "\"key\":\"trade-10012\",\"kind\":\"SETTLEMENT\",\"contract\":C,\"amount\":1 | /amount must be absent",
                "\"key\":\"trade-10012\",\"kind\":\"SETTLEMENT\",\"contract\":A | /contract/account must be absent, or equal the account of the entry",
                "\"key\":\"opening-bob\",\"account\":\"alice\",\"kind\":\"OPENING\",\"amount\":1 | /key must be opening-<account>",
                "\"key\":\"opening-main\",\"kind\":\"OPENING\",\"amount\":1 | /account must not be main",
                "\"key\":\"opening-bob\",\"account\":\"bob\",\"kind\":\"OPENING\" | /amount is missing",
                "\"key\":\"cash-1\",\"kind\":\"DEPOSIT\",\"amount\":0 | /amount must be at least 1",
                "\"key\":\"cash-1\",\"kind\":\"DEPOSIT\",\"amount\":-1 | /amount must be at least 0",
                "\"key\":\"cash-1\",\"kind\":\"DEPOSIT\",\"amount\":1000000000001 | /amount must be at most 1,000,000,000,000",
                "\"key\":\"cash-x\",\"kind\":\"WITHDRAWAL\",\"amount\":1 | /key must be cash-<number>",
                "\"key\":\"cash-1\",\"kind\":\"WITHDRAWAL\",\"amount\":1,\"contract\":C | /contract must be absent",
                "\"key\":\"cash-1\",\"kind\":\"WITHDRAWAL\",\"amount\":1,\"reference\":\"a\\nb\" | /reference must not contain control characters",
                "\"key\":\"adjustment-main-1\",\"kind\":\"ADJUSTMENT\",\"amount\":1 | /kind must not be ADJUSTMENT",
                "\"key\":\"cash-1\",\"account\":\"a b\",\"kind\":\"DEPOSIT\",\"amount\":1 | /account must be 1 to 64 letters, digits or . _ : @ -",
                "\"key\":\"cash-1\",\"kind\":\"GIFT\",\"amount\":1 | /kind must be one of SETTLEMENT, OPENING, DEPOSIT, WITHDRAWAL, ADJUSTMENT",
            })
    void fieldThatDoesNotMatchTheKindIsReported(String fields, String error) {
        String account = FILL.replace("{", "{\"account\":\"bob\",");
        String entry = "{"
                + fields.replace("\"contract\":C", "\"contract\":" + FILL)
                        .replace("\"contract\":A", "\"contract\":" + account)
                + "}";

        assertThat(read("{\"entries\":[" + entry + "]}").get(0).rejection().detail())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{}", "{\"entries\":{}}", "{\"entries\":[]}", "{\"entries\":[1],\"entries\":[]}"})
    void bodyWithoutAListOfEntriesIsRejected(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void batchHasAHundredEntriesAtMost() {
        assertThat(read(batch(100, "7"))).hasSize(100);
        assertThatThrownBy(() -> read(batch(101, "7"))).hasMessage("/entries must be 1 to 100");
    }

    private static String batch(int size, String entry) {
        return "{\"entries\":[" + String.join(",", Collections.nCopies(size, entry)) + "]}";
    }

    private List<EntryReader.Entry> read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
