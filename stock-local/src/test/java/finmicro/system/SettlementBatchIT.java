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

    /** Numbers that stock-trade never gets to. */
    private static final AtomicLong NUMBERS = new AtomicLong(2_000_000_000_000L);

    private final TradingSystem system;
    private final Trading trading;
    private final List<Trading.Wealth> taken = new ArrayList<>();

    SettlementBatchIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @AfterEach
    void giveBackAndAudit() {
        taken.forEach(trading::giveBack);
        await().atMost(SOON).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    static ObjectNode contract(
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
        return contract(tradeNo, "BUY", "A002", 1, 1_000, 1_010);
    }

    private Trading.Answer settle(ObjectNode contract) {
        return trading.post(Service.BALANCE, "/balance", contract);
    }

    private Trading.Answer settle(Collection<ObjectNode> contracts) {
        ObjectNode batch = JSON.createObjectNode();
        ArrayNode entries = batch.putArray("contracts");
        contracts.forEach(contract -> entries.addObject().set("contract", contract));
        return trading.post(Service.BALANCE, "/balance/batch", batch);
    }

    private static String balance(long cash, String stockCode, long value, long quantity) {
        return "{\"cashValue\":%d,\"stockCode\":\"%s\",\"stockValue\":%d,\"stockQuantity\":%d}"
                .formatted(cash, stockCode, value, quantity);
    }

    @Test
    void batchIsSettledInItsOrderToTheYenAndWhatIsRepeatedIsAnsweredAsTheFirstTime() {
        taken.add(trading.leave(1_000_000, 10, 26_000));
        long reserved = trading.cash() - 1_000_000;
        long[] no = LongStream.range(0, 5).map(i -> NUMBERS.incrementAndGet()).toArray();
        ObjectNode before = contract(no[0], "BUY", "A002", 10, 24_200, 24_300);
        assertThat(settle(before).body()).hasToString(balance(reserved + 975_700, "A002", 50_200, 20));

        Trading.Answer answer = settle(List.of(
                before,
                contract(no[1], "BUY", "A001", 3, 100, 110),
                contract(no[2], "SELL", "A002", 5, 12_100, 12_000),
                contract(no[1], "BUY", "A001", 3, 100, 110),
                contract(no[3], "SELL", "A001", 1, 60, 50),
                contract(no[4], "BUY", "A002", 5, 12_100, 12_200)));

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
    void batchWithANumberThatWasSettledWithOtherContentSettlesNothing() {
        long known = NUMBERS.incrementAndGet();
        long fresh = NUMBERS.incrementAndGet();
        settle(contract(known, "BUY", "A002", 10, 24_200, 24_300));

        Trading.Answer answer = settle(List.of(
                contract(fresh, "BUY", "A002", 10, 24_200, 24_300),
                contract(known, "SELL", "A002", 10, 24_200, 24_300)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:settlement-conflict");
        assertThat(trading.moves(fresh)).isZero();
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
                contract(first, "BUY", code, 10, 24_200, 24_300),
                contract(NUMBERS.incrementAndGet(), "SELL", code, 4, 9_000, 8_900),
                contract(NUMBERS.incrementAndGet(), "SELL", code, 6, 13_000, 12_900)));

        assertThat(answer.body()
                        .path("balances")
                        .valueStream()
                        .map(balance -> balance.path("stockValue").asLong()))
                .containsExactly(24_200L, 14_520L, 0L);
        assertThat(stock(trading.balance(), code)).isEqualTo("0 yen, 0 shares");
        trading.change("StockBalance", "DELETE FROM stock_balances WHERE stock_code = '" + code + "'");
    }

    @Test
    void batchWithOneEntryThatCannotBeSettlesNothingAndNamesIt() {
        List<ObjectNode> contracts = IntStream.range(0, 3)
                .mapToObj(i -> buy(NUMBERS.incrementAndGet()))
                .toList();
        contracts.get(1).put("fee", -1);
        contracts.get(2).remove("tax");

        Trading.Answer answer = settle(contracts);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("type").asText()).endsWith(":invalid-input");
        assertThat(answer.body().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/contracts/1/contract/fee", "/contracts/2/contract/tax");
        contracts.forEach(contract ->
                assertThat(trading.moves(contract.path("tradeNo").asLong())).isZero());
    }

    @Test
    void hundredContractsAreSettledTogetherAndMoreAreRefused() {
        List<ObjectNode> contracts = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> buy(NUMBERS.incrementAndGet()))
                .toList());
        long cash = trading.cash();

        Trading.Answer answer = settle(contracts);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("balances")).hasSize(100);
        assertThat(trading.cash()).isEqualTo(cash - 100 * 1_010);
        contracts.add(buy(NUMBERS.incrementAndGet()));
        assertThat(settle(contracts).status()).isEqualTo(400);
        assertThat(settle(List.of()).body().at("/errors/0/pointer").asText()).isEqualTo("/contracts");
    }

    @Test
    void batchesAndSinglesAtOnceSettleEachTradeOnceAndAnswerItTheSame() throws Exception {
        int trades = 60;
        List<ObjectNode> contracts = IntStream.range(0, trades)
                .mapToObj(i -> contract(
                        NUMBERS.incrementAndGet(),
                        i % 2 == 0 ? "BUY" : "SELL",
                        i % 3 == 0 ? "A001" : "A002",
                        1,
                        1_000,
                        i % 2 == 0 ? 1_010 : 990))
                .toList();
        long cash = trading.cash();
        Map<Long, JsonNode> first = new ConcurrentHashMap<>();
        Queue<String> others = new ConcurrentLinkedQueue<>();
        Random random = Seed.random("SettlementBatchIT");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                List<ObjectNode> mixed = new ArrayList<>(contracts);
                Collections.shuffle(mixed, random);
                boolean single = i % 2 == 0;
                work.add(() -> {
                    settleInTurn(mixed, single ? 1 : 13, first, others);
                    return null;
                });
            }
            for (Future<Void> one : clients.invokeAll(work)) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(others).isEmpty();
        assertThat(first).hasSize(trades);
        contracts.forEach(contract ->
                assertThat(trading.moves(contract.path("tradeNo").asLong())).isEqualTo(1));
        assertThat(trading.cash()).isEqualTo(cash - trades / 2 * 20);
    }

    /** Settles them by so many, and keeps the answer to each, or what was answered otherwise. */
    private void settleInTurn(List<ObjectNode> contracts, int by, Map<Long, JsonNode> first, Queue<String> others) {
        for (int from = 0; from < contracts.size(); from += by) {
            List<ObjectNode> some = contracts.subList(from, Math.min(contracts.size(), from + by));
            Trading.Answer answer = by == 1 ? settle(some.get(0)) : settle(some);
            if (answer.status() != 200) {
                others.add(answer.toString());
                return;
            }
            for (int i = 0; i < some.size(); i++) {
                JsonNode balance = by == 1 ? answer.body() : answer.body().at("/balances/" + i);
                JsonNode before = first.putIfAbsent(some.get(i).path("tradeNo").asLong(), balance);
                if (before != null && !before.equals(balance)) {
                    others.add(before + " then " + balance);
                }
            }
        }
    }

    /** That the settlements wait in the outbox together, as under load. */
    private List<Long> promise(List<String> bodies) {
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

    private static List<String> good(int count) {
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
    void contractThatCannotBeIsParkedAloneAndTheRestOfItsBatchIsSettled(String poison) {
        List<String> bodies = new ArrayList<>(good(4));
        bodies.add(2, poison);

        List<Long> numbers = new ArrayList<>(promise(bodies));

        long parked = numbers.remove(2);
        awaitSettled(numbers);
        await().atMost(SOON).untilAsserted(() -> assertThat(state(parked)).isEqualTo("[P]"));
        trading.change("StockTrade", "DELETE FROM outbox WHERE message_id = 'settle-" + parked + "'");
        applyByHand(numbers.size());
    }

    /** The trades of these settlements exist nowhere, so stock-trade has no effect of them on its account. */
    private void applyByHand(int trades) {
        trading.change("StockTrade", "UPDATE accounts SET cash = cash - " + 1_010 * trades + " WHERE account = 'main'");
        trading.change(
                "StockTrade",
                ("INSERT INTO positions (account, stock_code, quantity) VALUES ('main', 'A002', %1$d)"
                                + " ON DUPLICATE KEY UPDATE quantity = quantity + %1$d")
                        .formatted(trades));
    }

    @Test
    void settlementsThatAreDueTogetherAreOneRequestAndOneEachForTheOldStockBalance() {
        Queue<String> paths = new ConcurrentLinkedQueue<>();
        AtomicBoolean old = new AtomicBoolean();
        HttpServer balance = passing(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/stock/")) {
                return new Trading.Answer(404, null, Map.of());
            }
            paths.add(path);
            return old.get() && path.endsWith("/entries")
                    ? new Trading.Answer(404, null, Map.of())
                    : pass(path, exchange);
        });
        try {
            withTrade(balance, () -> {
                awaitSettled(promise(good(10)));
                assertThat(paths).containsExactly("/balance/entries");
                paths.clear();
                old.set(true);
                awaitSettled(promise(good(5)));
                awaitSettled(promise(good(5)));
            });
        } finally {
            balance.stop(0);
        }

        assertThat(paths).hasSize(11).startsWith("/balance/entries", "/balance").containsOnlyOnce("/balance/entries");
    }

    private interface Answering {
        Trading.Answer to(HttpExchange exchange) throws IOException;
    }

    /** A server of 127.0.0.1 that answers what it is told. */
    private static HttpServer passing(Answering answering) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                Trading.Answer answer = answering.to(exchange);
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

    private Trading.Answer pass(String path, HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return trading.post(Service.BALANCE, path, body);
    }

    /**
     * Does something while that is stock-balance for stock-trade, and the old stock-items, which has no list of codes: that it
     * answers is enough for stock-trade to be ready.
     */
    private void withTrade(HttpServer others, Runnable work) {
        String url = "http://127.0.0.1:" + others.getAddress().getPort() + "/";
        system.restart(
                Service.TRADE, Map.of("BALANCE_SERVICE_URL", url, "ITEMS_SERVICE_URL", url, "BUYING_POWER", "off"));
        try {
            work.run();
        } finally {
            system.restart(Service.TRADE, Map.of());
        }
    }
}
