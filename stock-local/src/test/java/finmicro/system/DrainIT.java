package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a deployment does to each task: SIGTERM, in the middle of its work. */
@ExtendWith(SharedSystem.class)
class DrainIT {

    private static final Duration END = Duration.ofSeconds(25);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final int IN_HAND = 50;
    private static final int SENT = 60;

    private final TradingSystem system;
    private final Trading trading;

    DrainIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    @Tag("old-defect-18")
    void fiftyContractsInHandAreFinishedOnceTheLockIsFree() throws Exception {
        contractsInHand(7_000_000_000L, (server, lock) -> {
            Log log = new Log(server);
            server.terminate();
            log.await("service.draining");
            lock.release();
            assertEnded(server);
            assertThat(recorded(7_000_000_000L)).isEqualTo(IN_HAND);
        });
    }

    @Test
    void fiftyContractsInHandThatCannotBeFinishedAreGivenBack() throws Exception {
        contractsInHand(7_000_001_000L, (server, lock) -> {
            server.terminate();
            assertEnded(server);
            lock.release();
            assertThat(recorded(7_000_001_000L)).isZero();
        });
    }

    private interface Stop {
        void accept(LibertyServer server, Trading.Lock lock) throws Exception;
    }

    /** Stops stock-trade while it has {@link #IN_HAND} contracts of locked trades in hand, and starts it again. */
    private void contractsInHand(long from, Stop stop) throws Exception {
        LibertyServer server = system.server(Service.TRADE);
        server.stop();
        Log log = new Log(server);
        insertTrades(from);
        int swallowed; // by the receive that the stop just now broke off: the queue server holds it for a while yet
        try (Trading.Lock lock =
                trading.lock("StockTrade", "SELECT * FROM trades WHERE trade_no >= " + from + " FOR UPDATE")) {
            for (int ten = 0; ten < SENT; ten += 10) {
                trading.sendToQueue(EmbeddedQueues.CONTRACTS, contracts(from + ten));
            }
            server.startAgain(Map.of("POLLER_PERMITS", Integer.toString(IN_HAND / 10)));
            trading.awaitStatements("SELECT trade_no%FOR UPDATE", IN_HAND / 10);
            swallowed = trading.inFlight(EmbeddedQueues.CONTRACTS) - IN_HAND;
            assertThat(swallowed).isBetween(0, SENT - IN_HAND);
            stop.accept(server, lock);
        }
        assertThat(trading.inFlight(EmbeddedQueues.CONTRACTS)).isEqualTo(swallowed);
        assertThat(trading.queued(EmbeddedQueues.CONTRACTS)).isEqualTo(SENT - (int) recorded(from));
        log.assertNoStackTrace();

        server.startAgain(Map.of());
        server.awaitReady(START);

        await().atMost(SOON).until(() -> moves(from) == SENT);
        assertThat(recorded(from)).isEqualTo(SENT);
        assertThat(trading.queued(EmbeddedQueues.CONTRACTS)).isZero();
    }

    private void insertTrades(long from) {
        String rows = LongStream.range(from, from + SENT)
                .mapToObj(
                        "(%d, 20200607, '11:25:00', 'A002', 'BUY', '0', 100, 1, 1000, 100, 1200, '0', '2020-06-07T11:25:00+09:00')"
                                ::formatted)
                .collect(Collectors.joining(","));
        trading.change("StockTrade", "INSERT INTO trades VALUES " + rows);
    }

    private static String[] contracts(long from) {
        return LongStream.range(from, from + 10).mapToObj("""
                        {"tradeNo":%d,"orderStatus":true,"contractDate":20200607,"contractTime":"11:25:03",
                         "stockCode":"A002","tradeType":"BUY","orderType":"0","contractPrice":100,"contractQuantity":1}"""::formatted).toArray(String[]::new);
    }

    private long recorded(long from) {
        return trading.number("StockTrade", "SELECT COUNT(*) FROM contract_trades WHERE trade_no " + range(from));
    }

    private long moves(long from) {
        return trading.number("StockBalance", "SELECT COUNT(*) FROM stock_moves WHERE trade_no " + range(from));
    }

    private static String range(long from) {
        return "BETWEEN " + from + " AND " + (from + SENT - 1);
    }

    @Test
    void marketThatIsStoppedAmongManyOrdersLeavesNoneInvisible() throws Exception {
        LibertyServer market = system.server(Service.MARKET);
        Log log = new Log(market);
        List<Long> placed = IntStream.range(0, 100)
                .mapToObj(i -> trading.place(Trading.order("BUY", "0", "100", 1)))
                .toList();

        market.terminate();
        assertEnded(market);

        assertThat(trading.inFlight(EmbeddedQueues.ORDERS)).isZero();
        log.assertNoStackTrace();
        market.startAgain(Map.of());
        market.awaitReady(START);
        placed.forEach(trading::awaitDone);
    }

    @Test
    void settlementInProgressIsFinished() throws Exception {
        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
        JsonNode settlement = trading.awaitDone(tradeNo).path("contract");
        assertRequestIsFinished(
                Service.BALANCE,
                "StockBalance",
                "SELECT * FROM cash_balances FOR UPDATE",
                "SELECT id%FOR UPDATE",
                "/balance",
                settlement,
                200);
    }

    @Test
    void orderInProgressIsFinished() throws Exception {
        ObjectNode order = Trading.order("BUY", "0", "100", 1);
        // The key is what the order waits for: another transaction has taken it and not committed.
        assertRequestIsFinished(
                Service.TRADE,
                "StockTrade",
                "INSERT INTO idempotency_keys VALUES ('drain', 1, UTC_TIMESTAMP(3))",
                "INSERT IGNORE%",
                "/trade/order",
                order,
                201);
    }

    private void assertRequestIsFinished(
            Service service, String schema, String locking, String waiting, String path, JsonNode body, int status)
            throws Exception {
        LibertyServer server = system.server(service);
        Log log = new Log(server);
        CompletableFuture<Trading.Answer> answer;
        try (Trading.Lock lock = trading.lock(schema, locking)) {
            answer = CompletableFuture.supplyAsync(() -> trading.send(trading.request(service, path)
                    .header("Idempotency-Key", "drain")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
            trading.awaitStatements(waiting, 1);
            server.terminate();
            log.await("service.draining");
            assertThat(answer).isNotDone();
            lock.release();
        }
        assertThat(answer.get().status()).isEqualTo(status);
        assertEnded(server);
        log.assertNoStackTrace();
        server.startAgain(Map.of());
        server.awaitReady(START);
    }

    private static void assertEnded(LibertyServer server) {
        assertThat(server.awaitEnd(END)).isIn(0, 143);
    }
}
