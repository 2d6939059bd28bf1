package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSystem.class)
class IdempotentOrderIT {

    private final Trading trading;
    private final String key = UUID.randomUUID().toString();
    private final ObjectNode order = Trading.order("BUY", "0", "2320.5", 10);

    IdempotentOrderIT(TradingSystem system) {
        this.trading = new Trading(system);
    }

    @Test
    @Tag("old-defect-9")
    void orderSentTwiceUnderOneKeyIsPlacedOnce() {
        Trading.Answer first = trading.place(key, order);
        assertThat(first.status()).isEqualTo(201);
        long rows = trading.rows();

        Trading.Answer second = trading.place(key, order.toPrettyString());

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.tradeNo()).isEqualTo(first.tradeNo());
        assertThat(second.body().path("messageId")).isEqualTo(first.body().path("messageId"));
        assertThat(second.header("location")).isEqualTo(first.header("location"));
        assertThat(trading.rows()).isEqualTo(rows);
        trading.awaitDone(first.tradeNo());
    }

    @Test
    void ordersAtTheSameTimeUnderOneKeyArePlacedOnce() throws Exception {
        int clients = 16;
        long rows = trading.rows();
        Set<Long> trades = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Trading.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                answers.add(threads.submit(() -> trading.place(key, order)));
            }
            for (Future<Trading.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(201);
                trades.add(answer.get().tradeNo());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(trades).hasSize(1);
        assertThat(trading.rows()).isEqualTo(rows + 2);
    }

    @Test
    void anotherOrderUnderTheSameKeyIsRefused() {
        long first = trading.place(key, order).tradeNo();
        trading.awaitDone(first);
        long rows = trading.rows();

        Trading.Answer other = trading.place(key, order.deepCopy().put("orderQuantity", 11));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.header("content-type")).startsWith("application/problem+json");
        assertThat(other.body().path("type").asText()).endsWith(":idempotency-key-reused");
        assertThat(other.body().path("tradeNo").asLong()).isEqualTo(first);
        assertThat(other.body().path("detail").asText()).contains("trade " + first + " ");
        assertThat(trading.rows()).isEqualTo(rows);
    }

    @Test
    void bareAndQuotedFormAreTheSameKey() {
        long first = trading.place(key, order).tradeNo();

        assertThat(trading.place("\"" + key + "\"", order).tradeNo()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "orderDate, 20200608",
        "orderTime, \"11:25:01\"",
        "stockCode, \"A001\"",
        "tradeType, \"SELL\"",
        "orderType, \"1\"",
        "orderPrice, 2320.5001",
        "orderQuantity, 11"
    })
    void orderWithOneDifferentFieldIsRefusedUnderTheSameKey(String field, String value) throws Exception {
        trading.awaitDone(trading.place(key, order).tradeNo());
        long rows = trading.rows();
        ObjectNode other = order.deepCopy().set(field, new ObjectMapper().readTree(value));
        assertThat(other).isNotEqualTo(order).hasSameSizeAs(order);

        Trading.Answer answer = trading.place(key, other);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("type").asText()).endsWith(":idempotency-key-reused");
        assertThat(trading.rows()).isEqualTo(rows);
    }

    @Test
    void keysThatDifferInCaseAreDifferentKeys() {
        long first = trading.place("a" + key, order).tradeNo();

        assertThat(trading.place("A" + key, order).tradeNo()).isNotEqualTo(first);
    }

    @Test
    void refusedOrderDoesNotUseUpTheKey() {
        assertThat(trading.place(key, order.deepCopy().put("orderQuantity", 0)).status())
                .isEqualTo(400);

        assertThat(trading.place(key, order).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\there", "\"open", "\"\""})
    void malformedKeyIsNamed(String malformed) {
        long rows = trading.rows();

        Trading.Answer answer = trading.place(malformed, order);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsText("parameter")).containsExactly("Idempotency-Key");
        assertThat(trading.rows()).isEqualTo(rows);
    }

    @Test
    void longestKeyIsAcceptedAndALongerOneIsNot() {
        String longest = key + "x".repeat(255 - key.length());

        assertThat(trading.place(longest, order).status()).isEqualTo(201);
        assertThat(trading.place(longest + "x", order).status()).isEqualTo(400);
    }

    @Test
    void twoKeysAreRefused() {
        Trading.Answer answer = trading.send(trading.request(Service.TRADE, "/trade/order")
                .header("Idempotency-Key", key)
                .header("Idempotency-Key", "another")
                .POST(HttpRequest.BodyPublishers.ofString(order.toString())));

        assertThat(answer.status()).isEqualTo(400);
    }
}
