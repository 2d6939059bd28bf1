package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import finmicro.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSystem.class)
class SettlementBatchIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Numbers far above those of stock-trade. */
    private static final AtomicLong NUMBERS = new AtomicLong(2_000_000_000_000L);

    private final TradingSystem system;
    private final Trading trading;
    private final List<Trading.Assets> taken = new ArrayList<>();

    SettlementBatchIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @AfterEach
    void restoreAndAudit() {
        taken.forEach(trading::giveBack);
        await().atMost(SOON).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    static ObjectNode settlement(
            long tradeNo, String tradeType, String stockCode, long quantity, long value, long amount) {
        return JSON.createObjectNode()
                .put("tradeNo", tradeNo)
                .put("contractDate", 20200607)
                .put("contractTime", "11:25:03")
                .put("stockCode", stockCode)
                .put("tradeType", tradeType)
                .put("orderType", "1")
                .put("contractPrice", 2320)
                .put("contractQuantity", quantity)
                .put("fee", 1_000)
                .put("tax", 100)
                .put("contractValue", value)
                .put("settlementAmount", amount)
                .put("updateTime", "2020-06-07T11:25:04+09:00");
    }

    private static ObjectNode buy(long tradeNo) {
        return settlement(tradeNo, "BUY", "A002", 1, 1_000, 1_010);
    }

    private Trading.Answer settle(ObjectNode settlement) {
        return trading.post(Service.BALANCE, "/balance", settlement);
    }

    private Trading.Answer settle(Collection<ObjectNode> settlements) {
        ObjectNode batch = JSON.createObjectNode();
        ArrayNode entries = batch.putArray("contracts");
        settlements.forEach(settlement -> entries.addObject().set("contract", settlement));
        return trading.post(Service.BALANCE, "/balance/batch", batch);
    }

    private static String balance(long cash, String stockCode, long value, long quantity) {
        return "{\"cashValue\":%d,\"stockCode\":\"%s\",\"stockValue\":%d,\"stockQuantity\":%d}"
                .formatted(cash, stockCode, value, quantity);
    }

    @Test
    void batchIsSettledInOrderAndRepeatedEntriesGetTheSameResponse() {
        taken.add(trading.reduceTo(1_000_000, 10, 26_000));
        long reserved = trading.cash() - 1_000_000;
        long[] no = LongStream.range(0, 5).map(i -> NUMBERS.incrementAndGet()).toArray();
        ObjectNode before = settlement(no[0], "BUY", "A002", 10, 24_200, 24_300);
        assertThat(settle(before).body()).hasToString(balance(reserved + 975_700, "A002", 50_200, 20));

        Trading.Answer answer = settle(List.of(
                before,
                settlement(no[1], "BUY", "A001", 3, 100, 110),
                settlement(no[2], "SELL", "A002", 5, 12_100, 12_000),
                settlement(no[1], "BUY", "A001", 3, 100, 110),
                settlement(no[3], "SELL", "A001", 1, 60, 50),
                settlement(no[4], "BUY", "A002", 5, 12_100, 12_200)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("balances").valueStream().map(JsonNode::toString))
                .containsExactly(
                        balance(reserved + 975_700, "A002", 50_200, 20),
                        balance(reserved + 975_590, "A001", 100, 3),
                        balance(reserved + 987_590, "A002", 37_650, 15),
                        balance(reserved + 975_590, "A001", 100, 3),
                        balance(reserved + 987_640, "A001", 67, 2),
                        balance(reserved + 975_440, "A002", 49_750, 20));
        JsonNode all = trading.balance();
        assertThat(all.path("cashValue").asLong()).isEqualTo(reserved + 975_440);
        assertThat(stock(all, "A001")).isEqualTo("67 yen, 2 shares");
        assertThat(stock(all, "A002")).isEqualTo("49750 yen, 20 shares");
        assertThat(LongStream.of(no).map(trading::moves)).containsOnly(1L);
    }

    @Test
    void batchWithAConflictingNumberSettlesNothing() {
        long known = NUMBERS.incrementAndGet();
        long unsettled = NUMBERS.incrementAndGet();
        settle(settlement(known, "BUY", "A002", 10, 24_200, 24_300));

        Trading.Answer answer = settle(List.of(
                settlement(unsettled, "BUY", "A002", 10, 24_200, 24_300),
                settlement(known, "SELL", "A002", 10, 24_200, 24_300)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:settlement-conflict");
        assertThat(trading.moves(unsettled)).isZero();
    }

    private static String stock(JsonNode balance, String stockCode) {
        return balance.path("stocks")
                .valueStream()
                .filter(stock -> stock.path("stockCode").asText().equals(stockCode))
                .map(stock -> stock.path("stockValue") + " yen, " + stock.path("stockQuantity") + " shares")
                .collect(Collectors.joining());
    }

    @Test
    void stockThatWasNeverHeldIsBoughtAndSoldInOneBatch() {
        String code = "B" + NUMBERS.incrementAndGet() % 1_000_000;
        long first = NUMBERS.incrementAndGet();

        Trading.Answer answer = settle(List.of(
                settlement(first, "BUY", code, 10, 24_200, 24_300),
                settlement(NUMBERS.incrementAndGet(), "SELL", code, 4, 9_000, 8_900),
                settlement(NUMBERS.incrementAndGet(), "SELL", code, 6, 13_000, 12_900)));

        assertThat(answer.body()
                        .path("balances")
                        .valueStream()
                        .map(balance -> balance.path("stockValue").asLong()))
                .containsExactly(24_200L, 14_520L, 0L);
        assertThat(stock(trading.balance(), code)).isEqualTo("0 yen, 0 shares");
        trading.change("StockBalance", "DELETE FROM stock_balances WHERE stock_code = '" + code + "'");
    }

    @Test
    void batchWithAnInvalidEntrySettlesNothingAndNamesIt() {
        List<ObjectNode> settlements = IntStream.range(0, 3)
                .mapToObj(i -> buy(NUMBERS.incrementAndGet()))
                .toList();
        settlements.get(1).put("fee", -1);
        settlements.get(2).remove("tax");

        Trading.Answer answer = settle(settlements);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("type").asText()).endsWith(":invalid-input");
        assertThat(answer.body().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/contracts/1/contract/fee", "/contracts/2/contract/tax");
        settlements.forEach(settlement ->
                assertThat(trading.moves(settlement.path("tradeNo").asLong())).isZero());
    }

    @Test
    void hundredSettlementsAreAcceptedInABatchAndMoreAreRefused() {
        List<ObjectNode> settlements = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> buy(NUMBERS.incrementAndGet()))
                .toList());
        long cash = trading.cash();

        Trading.Answer answer = settle(settlements);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("balances")).hasSize(100);
        assertThat(trading.cash()).isEqualTo(cash - 100 * 1_010);
        settlements.add(buy(NUMBERS.incrementAndGet()));
        assertThat(settle(settlements).status()).isEqualTo(400);
        assertThat(settle(List.of()).body().at("/errors/0/pointer").asText()).isEqualTo("/contracts");
    }

    @Test
    void concurrentBatchesAndSinglesSettleEachTradeOnceWithTheSameResponse() throws Exception {
        int trades = 60;
        List<ObjectNode> settlements = IntStream.range(0, trades)
                .mapToObj(i -> settlement(
                        NUMBERS.incrementAndGet(),
                        i % 2 == 0 ? "BUY" : "SELL",
                        i % 3 == 0 ? "A001" : "A002",
                        1,
                        1_000,
                        i % 2 == 0 ? 1_010 : 990))
                .toList();
        long cash = trading.cash();
        Map<Long, JsonNode> first = new ConcurrentHashMap<>();
        Queue<String> unexpected = new ConcurrentLinkedQueue<>();
        Random random = Seed.random("SettlementBatchIT");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                List<ObjectNode> mixed = new ArrayList<>(settlements);
                Collections.shuffle(mixed, random);
                boolean single = i % 2 == 0;
                work.add(() -> {
                    settleInBatches(mixed, single ? 1 : 13, first, unexpected);
                    return null;
                });
            }
            for (Future<Void> one : clients.invokeAll(work)) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(unexpected).isEmpty();
        assertThat(first).hasSize(trades);
        settlements.forEach(settlement ->
                assertThat(trading.moves(settlement.path("tradeNo").asLong())).isEqualTo(1));
        assertThat(trading.cash()).isEqualTo(cash - trades / 2 * 20);
    }

    /** Settles in batches of {@code by}, and collects the first response for each trade and any that differ from it. */
    private void settleInBatches(
            List<ObjectNode> settlements, int by, Map<Long, JsonNode> first, Queue<String> unexpected) {
        for (int from = 0; from < settlements.size(); from += by) {
            List<ObjectNode> some = settlements.subList(from, Math.min(settlements.size(), from + by));
            Trading.Answer answer = by == 1 ? settle(some.get(0)) : settle(some);
            if (answer.status() != 200) {
                unexpected.add(answer.toString());
                return;
            }
            for (int i = 0; i < some.size(); i++) {
                JsonNode balance = by == 1 ? answer.body() : answer.body().at("/balances/" + i);
                JsonNode before = first.putIfAbsent(some.get(i).path("tradeNo").asLong(), balance);
                if (before != null && !before.equals(balance)) {
                    unexpected.add(before + " then " + balance);
                }
            }
        }
    }

    /** Inserts settlements into the outbox together, as under load. Returns their trade numbers. */
    private List<Long> enqueue(List<String> bodies) {
        List<Long> numbers = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String body : bodies) {
            long tradeNo = NUMBERS.incrementAndGet();
            numbers.add(tradeNo);
            rows.add("('settle-%d', 'SETTLE', '%s', '00-%032x-%016x-01', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))"
                    .formatted(tradeNo, body.replace("#", Long.toString(tradeNo)), tradeNo, tradeNo));
        }
        trading.change(
                "StockTrade",
                "INSERT INTO outbox (message_id, destination, body, traceparent, next_attempt_at, created_at) VALUES "
                        + String.join(", ", rows));
        return numbers;
    }

    private static List<String> validBodies(int count) {
        return Collections.nCopies(count, buy(0).toString().replace("\"tradeNo\":0", "\"tradeNo\":#"));
    }

    private String state(long tradeNo) {
        return trading.texts("SELECT state FROM outbox WHERE message_id = 'settle-" + tradeNo + "'")
                .toString();
    }

    private void awaitSettled(List<Long> numbers) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(numbers)
                        .allSatisfy(tradeNo -> assertThat(state(tradeNo)).isEqualTo("[S]")));
        assertThat(numbers)
                .allSatisfy(tradeNo -> assertThat(trading.moves(tradeNo)).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tradeNo\":#}", "{", "{}},{}"})
    void onlyTheInvalidSettlementOfABatchIsParked(String poison) {
        List<String> bodies = new ArrayList<>(validBodies(4));
        bodies.add(2, poison);

        List<Long> numbers = new ArrayList<>(enqueue(bodies));

        long parked = numbers.remove(2);
        awaitSettled(numbers);
        await().atMost(SOON).untilAsserted(() -> assertThat(state(parked)).isEqualTo("[P]"));
        trading.change("StockTrade", "DELETE FROM outbox WHERE message_id = 'settle-" + parked + "'");
        applyToAccount(numbers.size());
    }

    /** Applies the settlements to the account of stock-trade, which has no trades for them. */
    private void applyToAccount(int trades) {
        trading.change("StockTrade", "UPDATE accounts SET cash = cash - " + 1_010 * trades + " WHERE account = 'main'");
        trading.change(
                "StockTrade",
                ("INSERT INTO positions (account, stock_code, quantity) VALUES ('main', 'A002', %1$d)"
                                + " ON DUPLICATE KEY UPDATE quantity = quantity + %1$d")
                        .formatted(trades));
    }

    @Test
    void settlementsAreOneRequestOrOneEachForTheOldStockBalance() {
        Queue<String> paths = new ConcurrentLinkedQueue<>();
        AtomicBoolean old = new AtomicBoolean();
        HttpServer balance = server(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/stock/")) {
                return new Trading.Answer(404, null, Map.of());
            }
            paths.add(path);
            return old.get() && path.endsWith("/entries")
                    ? new Trading.Answer(404, null, Map.of())
                    : forward(path, exchange);
        });
        try {
            withReplacedServices(balance, () -> {
                awaitSettled(enqueue(validBodies(10)));
                assertThat(paths).containsExactly("/balance/entries");
                paths.clear();
                old.set(true);
                awaitSettled(enqueue(validBodies(5)));
                awaitSettled(enqueue(validBodies(5)));
            });
        } finally {
            balance.stop(0);
        }

        assertThat(paths).hasSize(11).startsWith("/balance/entries", "/balance").containsOnlyOnce("/balance/entries");
    }

    private interface Handler {
        Trading.Answer to(HttpExchange exchange) throws IOException;
    }

    /** A server on 127.0.0.1 that responds by a function. */
    private static HttpServer server(Handler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                Trading.Answer answer = handler.to(exchange);
                byte[] body = answer.body() == null
                        ? new byte[0]
                        : answer.body().toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Trading.Answer forward(String path, HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return trading.post(Service.BALANCE, path, body);
    }

    /**
     * Runs an action while a server replaces stock-balance and stock-items for stock-trade. Like the old stock-items it has no list
     * of codes; any response of it makes stock-trade ready.
     */
    private void withReplacedServices(HttpServer replacement, Runnable work) {
        String url = "http://127.0.0.1:" + replacement.getAddress().getPort() + "/";
        system.restart(
                Service.TRADE, Map.of("BALANCE_SERVICE_URL", url, "ITEMS_SERVICE_URL", url, "BUYING_POWER", "off"));
        try {
            work.run();
        } finally {
            system.restart(Service.TRADE, Map.of());
        }
    }
}
