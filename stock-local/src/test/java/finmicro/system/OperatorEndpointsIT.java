package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.local.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts and cash movements over HTTP, and their bookings in the ledger. Tests in the module check the rules. */
@ExtendWith(SharedSystem.class)
class OperatorEndpointsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Trading trading;
    private final String account = "operator-" + UUID.randomUUID();

    OperatorEndpointsIT(TradingSystem system) {
        this.trading = new Trading(system);
    }

    private Trading.Answer open(String id) {
        return trading.send(
                trading.request(Service.TRADE, "/trade/accounts/" + id).PUT(BodyPublishers.noBody()));
    }

    private Trading.Answer changeStatus(String status) {
        String body = "{\"status\":\"" + status + "\"}";
        return trading.send(trading.request(Service.TRADE, "/trade/accounts/" + account)
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private Trading.Answer move(String key, String type, String amount) {
        String body = "{\"account\":\"%s\",\"type\":\"%s\",\"amount\":%s,\"reference\":\"ATM\"}"
                .formatted(account, type, amount);
        return trading.send(trading.request(Service.TRADE, "/trade/cash-movements")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode get(Service service, String path) {
        return trading.send(trading.request(service, path).GET()).body();
    }

    @Test
    void accountIsOpenedUsedAndClosedInBothServices() {
        assertThat(open(account).status()).isEqualTo(201);
        assertThat(open(account).status()).isEqualTo(200);
        assertThat(move("a", "DEPOSIT", "500").status()).isEqualTo(201);
        assertThat(move("a", "DEPOSIT", "500").status()).isEqualTo(201);
        assertThat(move("a", "DEPOSIT", "501").status()).isEqualTo(422);
        assertThat(move("b", "WITHDRAWAL", "10000501").body().path("available").asLong())
                .isEqualTo(10_000_500);

        await().untilAsserted(() -> assertThat(get(Service.BALANCE, "/balance?account=" + account)
                        .path("cashValue")
                        .asLong())
                .isEqualTo(10_000_500));

        assertThat(changeStatus("SUSPENDED").body().path("status").asText()).isEqualTo("SUSPENDED");
        assertThat(changeStatus("CLOSED").status()).isEqualTo(409);
        assertThat(move("b", "WITHDRAWAL", "10000500").status()).isEqualTo(201);
        assertThat(changeStatus("CLOSED").status()).isEqualTo(200);
        assertThat(changeStatus("ACTIVE").status()).isEqualTo(422);
        await().untilAsserted(() -> assertThat(get(Service.BALANCE, "/balance?account=" + account)
                        .path("cashValue")
                        .asLong())
                .isZero());
    }

    @Test
    void accountsAreListedInPages() {
        open(account);
        open(account + "-2");

        JsonNode page = get(Service.TRADE, "/trade/accounts?limit=1&cursor=" + account);

        assertThat(page.at("/accounts/0/account").asText()).isEqualTo(account + "-2");
        assertThat(page.path("accounts")).hasSize(1);
    }

    @Test
    void externalBookingShowsInTheAccount() {
        open(account);
        JsonNode entry = JSON.createObjectNode()
                .put("tradeNo", 3_000_000_000_000L + Math.floorMod(account.hashCode(), 1_000_000_000))
                .put("account", account)
                .put("contractDate", 20200607)
                .put("contractTime", "11:25:03")
                .put("stockCode", "A002")
                .put("tradeType", "BUY")
                .put("orderType", "1")
                .put("contractPrice", 2320)
                .put("contractQuantity", 10)
                .put("fee", 1_000)
                .put("tax", 100)
                .put("contractValue", 24_200)
                .put("settlementAmount", 24_300)
                .put("updateTime", "2020-06-07T11:25:04+09:00");

        assertThat(trading.post(Service.BALANCE, "/balance", entry).status()).isEqualTo(200);

        await().untilAsserted(() -> {
            JsonNode now = get(Service.TRADE, "/trade/account?account=" + account);
            assertThat(now.path("cashValue").asLong()).isEqualTo(10_000_000 - 24_300);
            assertThat(now.at("/stocks/0/stockQuantity").asLong()).isEqualTo(10);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1000000000001", "\"7\"", "null"})
    void invalidAmountIsRefused(String amount) {
        Trading.Answer answer = move("k", "DEPOSIT", amount);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asText()).isEqualTo("/amount");
    }

    @Test
    void movementWithoutAKeyIsRefused() {
        Trading.Answer answer =
                trading.post(Service.TRADE, "/trade/cash-movements", "{\"type\":\"DEPOSIT\",\"amount\":1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asText()).contains("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "%EF%BC%A1", "a%00", "x,y"})
    void accountIdOutsideTheAlphabetIsRefused(String id) {
        assertThat(open(id).status()).isEqualTo(400);
    }
}
