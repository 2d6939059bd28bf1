package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the ledger over HTTP with accounts that stock-trade does not know. Tests in the module check the bookings. */
@ExtendWith(SharedSystem.class)
class LedgerEndpointsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFLICT = "urn:fin-micro:problem:settlement-conflict";

    private final TradingSystem system;
    private final Trading trading;
    private final String account = "ledger-" + UUID.randomUUID();

    LedgerEndpointsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void eachEntryHasAnOutcome() {
        ArrayNode entries = JSON.createArrayNode();
        entries.add(opening(1_000));
        entries.add(opening(1_000));
        entries.add(opening(1_001));
        entries.add(JSON.createObjectNode().put("key", "cash-x"));

        JsonNode outcomes = book(entries).body().path("outcomes");

        assertThat(outcomes.path(0).path("repeated").asBoolean(true)).isFalse();
        assertThat(outcomes.path(1).path("repeated").asBoolean()).isTrue();
        assertThat(outcomes.findValuesAsText("status")).containsExactly("200", "200", "409", "400");
        assertThat(outcomes.path(2).path("type").asText()).isEqualTo(CONFLICT);
        assertThat(outcomes.path(3).path("key").asText()).isEqualTo("cash-x");
        assertThat(outcomes.path(3).path("detail").asText()).contains("/kind is missing");
        assertThat(balance("/").body().path("cashValue").asLong()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"entries\":[]}", "{\"entries\":[", "[]", "\u0000"})
    void bodyWithoutEntriesIsRefused(String body) {
        HttpRequest.Builder request = request("/entries").POST(HttpRequest.BodyPublishers.ofString(body));

        Trading.Answer answer = trading.send(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:invalid-input");
    }

    @Test
    void statementIsReadInPagesOrAsAFile() throws Exception {
        book(JSON.createArrayNode().add(opening(1_000)).add(withdrawal(300, "=1+1")));

        JsonNode first = balance("/movements?limit=1").body();
        JsonNode second = balance(
                        "/movements?limit=1&cursor=" + first.path("nextCursor").asText())
                .body();
        HttpResponse<byte[]> file = HttpClient.newHttpClient()
                .send(
                        request("/movements?account=" + account)
                                .header("Accept", "text/csv")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(first.path("movements").path(0).path("kind").asText()).isEqualTo("WITHDRAWAL");
        assertThat(second.path("movements").path(0).path("cashAfter").asLong()).isEqualTo(1_000);
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(file.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .toLowerCase()
                        .replace(" ", ""))
                .isEqualTo("text/csv;charset=utf-8");
        assertThat(new String(file.body(), StandardCharsets.UTF_8))
                .startsWith("\uFEFFsequence,")
                .endsWith(",0,0,0,1000,,\r\n")
                .contains(",-300,0,0,0,700,,'=1+1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/movements?limit=0,limit",
        "/movements?limit=201,limit",
        "/movements?cursor=x,cursor",
        "/movements?from=20200230,from",
        "/movements?from=20200602&to=20200601,from",
        "/movements?stockCode=a,stockCode",
        "/movements?account=a%20b,account",
        "/?account=%EF%BD%81,account",
        "/snapshot?account=,account",
        "/feed?limit=501,limit",
        "/feed?after=-1,after"
    })
    void invalidParameterIsNamed(String path, String parameter) {
        Trading.Answer answer = trading.get(Service.BALANCE, "/balance" + path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsText("parameter")).containsExactly(parameter);
    }

    @Test
    void externalBookingIsInTheFeedAndTheSnapshot() {
        long before = trading.get(Service.BALANCE, "/balance/feed?after=0&limit=1")
                .body()
                .path("head")
                .asLong();
        long tradeNo = Math.abs(UUID.randomUUID().getMostSignificantBits() >>> 4);
        ObjectNode settlement = SettlementBatchIT.settlement(tradeNo, "BUY", "A002", 10, 24_200, 24_300)
                .put("account", account);

        assertThat(trading.post(Service.BALANCE, "/balance", settlement).status())
                .isEqualTo(200);
        assertThat(trading.post(Service.BALANCE, "/balance", settlement.put("fee", 999))
                        .status())
                .isEqualTo(409);

        JsonNode entry = trading.get(Service.BALANCE, "/balance/feed?after=" + before)
                .body()
                .path("entries")
                .path(0);
        assertThat(entry.path("tradeNo").asLong()).isEqualTo(tradeNo);
        assertThat(entry.path("cash").asLong()).isEqualTo(-24_300);
        JsonNode snapshot = balance("/snapshot").body();
        assertThat(snapshot.path("sequence").asLong()).isEqualTo(1);
        assertThat(snapshot.path("feedPosition").asLong())
                .isGreaterThanOrEqualTo(entry.path("position").asLong());
        assertThat(snapshot.at("/stocks/0/stockQuantity").asLong()).isEqualTo(10);
        ObjectNode query = JSON.createObjectNode().put("account", account).put("sequence", 1);
        query.putArray("tradeNos").add(tradeNo).add(tradeNo + 1);
        assertThat(trading.post(Service.BALANCE, "/balance/booked", query)
                        .body()
                        .toString())
                .isEqualTo("{\"tradeNos\":[" + tradeNo + "]}");
    }

    private Trading.Answer book(ArrayNode entries) {
        return trading.post(
                Service.BALANCE, "/balance/entries", JSON.createObjectNode().set("entries", entries));
    }

    private ObjectNode opening(long amount) {
        return entry("opening-" + account, "OPENING", amount);
    }

    private ObjectNode withdrawal(long amount, String reference) {
        long number = Math.abs(UUID.randomUUID().getMostSignificantBits() >>> 4);
        return entry("cash-" + number, "WITHDRAWAL", amount).put("reference", reference);
    }

    private ObjectNode entry(String key, String kind, long amount) {
        return JSON.createObjectNode()
                .put("key", key)
                .put("account", account)
                .put("kind", kind)
                .put("amount", amount);
    }

    private Trading.Answer balance(String path) {
        return trading.get(
                Service.BALANCE, "/balance" + path + (path.contains("?") ? "&" : "?") + "account=" + account);
    }

    private HttpRequest.Builder request(String path) {
        URI uri = system.server(Service.BALANCE).uri();
        return HttpRequest.newBuilder(uri.resolve("/balance" + path)).header("Content-Type", "application/json");
    }
}
