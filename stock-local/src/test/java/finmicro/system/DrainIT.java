package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends SIGTERM to tasks in the middle of their work, as a deployment does. */
@ExtendWith(SharedSystem.class)
@Tag("long")
class DrainIT {

    private static final Duration END = Duration.ofSeconds(25);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final int IN_HAND = 50;
    private static final int SENT = 60;
    /** Numbers of trades without an order. */
    private static final long FROM = 5_000;

    private static final String RANGE = "BETWEEN " + FROM + " AND " + (FROM + SENT - 1);

    private final TradingSystem system;
    private final Trading trading;

    DrainIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    /**
     * Runs twice with the same sixty fills, whose trades are locked. First they stay locked, so no fill can be finished; then the
     * lock is released.
     */
    @Test
    @Tag("old-defect-18")
    void fiftyContractsInHandAreGivenBackOrFinishedOnce() {
        LibertyServer trade = system.server(Service.TRADE);
        trade.stop();
        Log log = new Log(trade);
        for (long tradeNo = FROM; tradeNo < FROM + SENT; tradeNo++) {
            trading.openTrade(tradeNo);
            trading.send(EmbeddedQueues.CONTRACTS, Trading.fill(tradeNo));
        }
        try (Trading.Lock lock = lockTrades()) {
            int lostReceives = awaitInHand(trade);
            trade.terminate();
            assertEnded(trade);
            assertLeft(0, lostReceives);
            lock.release();
        }

        try (Trading.Lock lock = lockTrades()) {
            int lostReceives = awaitInHand(trade);
            trade.terminate();
            log.await("service.draining");
            lock.release();
            assertEnded(trade);
            assertLeft(IN_HAND, lostReceives);
        }
        log.assertNoStackTrace();

        trade.startAgain(Map.of());
        trade.awaitReady(START);
        await().atMost(SOON).until(() -> moves() == SENT);
        assertThat(recorded()).isEqualTo(SENT);
        // A message is deleted after its effect is committed, so the settlement may be visible earlier.
        await().atMost(SOON).until(() -> trading.queued(EmbeddedQueues.CONTRACTS) == 0);
    }

    private Trading.Lock lockTrades() {
        return trading.lock("StockTrade", "SELECT * FROM trades WHERE trade_no " + RANGE + " FOR UPDATE");
    }

    /**
     * Starts the task and waits until it processes fifty messages. Returns the number of other messages in flight: the queue
     * server handed them to a receive call that the previous stop interrupted.
     */
    private int awaitInHand(LibertyServer trade) {
        trade.startAgain(Map.of("POLLER_PERMITS", Integer.toString(IN_HAND / 10)));
        trading.awaitStatements("SELECT trade_no%FOR UPDATE", IN_HAND / 10);
        int lostReceives = trading.inFlight(EmbeddedQueues.CONTRACTS) - IN_HAND;
        assertThat(lostReceives).isBetween(0, SENT - IN_HAND);
        return lostReceives;
    }

    private void assertLeft(int recorded, int lostReceives) {
        assertThat(recorded()).isEqualTo(recorded);
        assertThat(trading.inFlight(EmbeddedQueues.CONTRACTS)).isLessThanOrEqualTo(lostReceives);
        assertThat(trading.queued(EmbeddedQueues.CONTRACTS)).isEqualTo(SENT - recorded);
    }

    private long recorded() {
        return trading.number("StockTrade", "SELECT COUNT(*) FROM contract_trades WHERE trade_no " + RANGE);
    }

    private long moves() {
        return trading.number("StockBalance", "SELECT COUNT(*) FROM stock_moves WHERE trade_no " + RANGE);
    }

    @Test
    void marketStoppedDuringManyOrdersLeavesNoneInFlight() {
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
        LibertyServer balance = system.server(Service.BALANCE);
        Log log = new Log(balance);
        JsonNode settlement = trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)))
                .path("contract");
        CompletableFuture<Trading.Answer> settling;
        try (Trading.Lock cash = trading.lock("StockBalance", "SELECT * FROM cash_balances FOR UPDATE")) {
            settling = CompletableFuture.supplyAsync(() -> trading.post(Service.BALANCE, "/balance", settlement));
            trading.awaitStatements("SELECT id%FOR UPDATE", 1);
            balance.terminate();
            log.await("service.draining");
            assertThat(settling).isNotDone();
            cash.release();
        }

        assertThat(settling.get().status()).isEqualTo(200);
        assertEnded(balance);
        log.assertNoStackTrace();
    }

    /** The response may get lost, so tasks that start later must find the order by its key. */
    @Test
    void orderInProgressIsFinished() throws Exception {
        LibertyServer trade = system.server(Service.TRADE);
        Log log = new Log(trade);
        JsonNode order = Trading.order("BUY", "0", "100", 1);
        CompletableFuture<Trading.Answer> ordering;
        try (Trading.Lock account =
                trading.lock("StockTrade", "SELECT * FROM accounts WHERE account = 'main' FOR UPDATE")) {
            ordering = CompletableFuture.supplyAsync(() -> trading.place("drain", order));
            trading.awaitStatements("SELECT * FROM accounts%FOR UPDATE", 1);
            trade.terminate();
            log.await("service.draining");
            assertThat(ordering).isNotDone();
            account.release();
        }

        assertThat(ordering.get().status()).isEqualTo(201);
        assertEnded(trade);
        log.assertNoStackTrace();
        system.restore();
        Trading.Answer again = trading.place("drain", order);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.tradeNo()).isEqualTo(ordering.get().tradeNo());
        trading.awaitDone(again.tradeNo());
    }

    /** A load balancer takes seconds to notice that a task is draining, and clients reuse open connections. */
    @Test
    void orderDuringAStopOrStartIsAcceptedOrRefused() throws Exception {
        LibertyServer trade = system.server(Service.TRADE);
        Log log = new Log(trade);
        Queue<Trading.Answer> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService customers = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 8; i++) {
                customers.execute(() -> orderUntil(over, answers));
            }
            await().until(() -> answers.size() > 100);
            trade.terminate();
            assertEnded(trade);
            int before = answers.size();
            trade.startAgain(Map.of());
            trade.awaitReady(START);
            await().until(() -> answers.size() > before + 100);
        } finally {
            over.set(true);
            customers.shutdown();
        }
        assertThat(customers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answers)
                .as(log.text())
                .allSatisfy(answer -> assertThat(answer.status()).isIn(201, 503));
        log.assertNoStackTrace();
    }

    private void orderUntil(AtomicBoolean over, Queue<Trading.Answer> answers) {
        while (!over.get()) {
            try {
                answers.add(trading.tryToPlace(system.server(Service.TRADE), Trading.order("BUY", "0", "100", 1)));
            } catch (UncheckedIOException e) {
                Thread.onSpinWait(); // connection refused or reset
            }
        }
    }

    private static void assertEnded(LibertyServer server) {
        assertThat(server.awaitEnd(END)).isIn(0, 143);
    }
}
