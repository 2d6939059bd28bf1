package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class BuyingPowerIT {

    private static final int CLIENTS = 32;
    private static final int PACE_MILLIS = 500;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration RELEASED = Duration.ofSeconds(45);

    /** What a market order to buy 10 at 1,000 yen may cost: 1,050 yen a share, fee and tax. */
    private static final long NEEDED = 11_600;

    private final TradingSystem system;
    private final Trading trading;
    private final List<Trading.Wealth> taken = new ArrayList<>();

    BuyingPowerIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    /** Leaves the customer so much to order with, and some shares. What is taken is given back after the test. */
    private void leave(long yen) {
        taken.add(trading.leave(yen, 10, 26_000));
    }

    @AfterEach
    void giveBackAndAudit() {
        taken.forEach(trading::giveBack);
        await().atMost(RELEASED).until(() -> trading.undone().isEmpty());
        await().atMost(RELEASED).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    @Test
    void orderThatCannotBePaidForIsRefusedWithWhatIsAvailable() {
        leave(NEEDED - 1);
        long rows = trading.rows();
        // Orders that other tests had refused under a key have theirs for a while.
        String before = trading.texts("SELECT UTC_TIMESTAMP(3)").get(0);

        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "1000", 10));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:insufficient-funds");
        assertThat(answer.body().path("required").asLong()).isEqualTo(NEEDED);
        assertThat(answer.body().path("available").asLong()).isEqualTo(NEEDED - 1);
        assertThat(trading.rows()).isEqualTo(rows);
        assertThat(trading.number(
                        "StockTrade",
                        "SELECT COUNT(*) FROM outbox WHERE destination = 'RELEASE' AND state = 'W' AND created_at >= '"
                                + before + "'"))
                .isZero();
    }

    @Test
    void sellBeyondWhatIsHeldIsRefusedWithWhatIsAvailable() {
        leave(NEEDED);
        long other = 80_000_000 + System.nanoTime() % 1_000_000;
        assertThat(hold(other, 0, 4).status()).isEqualTo(200);

        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("SELL", "1", "2000", 7));

        assertThat(release(other).status()).isEqualTo(204);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:insufficient-holdings");
        assertThat(answer.body().path("required").asLong()).isEqualTo(7);
        assertThat(answer.body().path("available").asLong()).isEqualTo(6);
    }

    @Test
    void sellWhoseFeeIsMoreThanItBringsNeedsCash() {
        leave(999);

        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("SELL", "1", "100", 1));

        assertThat(answer.body().path("type").asText()).endsWith(":insufficient-funds");
        assertThat(answer.body().path("required").asLong()).isEqualTo(1_000);
        leave(0);
        trading.awaitDone(trading.place(Trading.order("SELL", "1", "1100", 1)));
    }

    @Test
    void whatIsHeldIsReplacedBySettlementAndReleasedWhereThereIsNone() {
        long held = buyingPower().path("heldCash").asLong();
        long heldShares = shares("heldQuantity");
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        List<Long> orders = new ArrayList<>();
        try {
            orders.add(trading.place(Trading.order("BUY", "0", "1000", 10)));
            orders.add(trading.place(Trading.order("SELL", "0", "2000", 4)));
            for (int i = 0; i < 10; i++) {
                orders.add(trading.place(Trading.order("BUY", "1", "1000", 10)));
            }
            JsonNode now = buyingPower();
            assertThat(now.path("heldCash").asLong()).isEqualTo(held + NEEDED + 10 * 11_100);
            assertThat(now.path("buyingPower").asLong())
                    .isEqualTo(now.path("cashValue").asLong()
                            - now.path("heldCash").asLong());
            assertThat(shares("heldQuantity")).isEqualTo(heldShares + 4);
            assertThat(shares("availableQuantity")).isEqualTo(shares("stockQuantity") - heldShares - 4);
        } finally {
            Freezer.thaw(market);
        }

        orders.forEach(trading::awaitDone);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(buyingPower().path("heldCash").asLong()).isEqualTo(held);
            assertThat(shares("heldQuantity")).isEqualTo(heldShares);
        });
    }

    @Test
    void cancelledOrderGivesBackWhatWasHeld() {
        long held = buyingPower().path("heldCash").asLong();
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        try {
            long tradeNo = trading.place(Trading.order("BUY", "0", "1000", 10));
            assertThat(trading.send(trading.request(Service.TRADE, "/trade/order/" + tradeNo)
                                    .DELETE())
                            .status())
                    .isEqualTo(204);

            await().atMost(SOON).until(() -> buyingPower().path("heldCash").asLong() == held);
        } finally {
            Freezer.thaw(market);
        }
    }

    @Test
    void holdIsPlacedOnceAndNeverAfterItsEnd() {
        long tradeNo = 70_000_000 + System.nanoTime() % 1_000_000;
        long held = buyingPower().path("heldCash").asLong();

        assertThat(hold(tradeNo, 500).status()).isEqualTo(200);
        assertThat(hold(tradeNo, 500).status()).isEqualTo(200);
        assertThat(buyingPower().path("heldCash").asLong()).isEqualTo(held + 500);
        assertThat(hold(tradeNo, 501).status()).isEqualTo(409);

        assertThat(release(tradeNo).status()).isEqualTo(204);
        assertThat(release(tradeNo).status()).isEqualTo(204);
        assertThat(buyingPower().path("heldCash").asLong()).isEqualTo(held);
        Trading.Answer late = hold(tradeNo, 500);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("type").asText()).endsWith(":hold-conflict");

        long unseen = tradeNo + 1_000_000;
        assertThat(release(unseen).status()).isEqualTo(204);
        assertThat(hold(unseen, 500).status()).isEqualTo(409);

        long settled = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(settled);
        assertThat(hold(settled, 500).status()).isEqualTo(409);
        assertThat(release(settled).status()).isEqualTo(204);
    }

    /** The first waits for a lock, and those that come meanwhile share the next transaction. */
    @Test
    void holdsThatComeTogetherArePlacedOrRefusedEachForItself() throws Exception {
        leave(1_000);
        long held = buyingPower().path("heldCash").asLong();
        long heldShares = shares("heldQuantity");
        long first = 60_000_000 + System.nanoTime() % 1_000_000;
        assertThat(release(first).status()).isEqualTo(204);
        List<Future<Integer>> held200 = new ArrayList<>();
        List<Future<Integer>> refused422 = new ArrayList<>();
        List<Future<Integer>> late409 = new ArrayList<>();
        ExecutorService clients = Executors.newCachedThreadPool();
        try (Trading.Lock lock = trading.lock("StockBalance", "SELECT * FROM cash_balances FOR UPDATE")) {
            for (int i = 1; i <= 8; i++) {
                // Each number twice.
                long tradeNo = first + (i + 1) / 2;
                held200.add(clients.submit(() -> hold(tradeNo, 100).status()));
                refused422.add(clients.submit(() -> hold(tradeNo + 10, 1_001).status()));
            }
            held200.add(clients.submit(() -> hold(first + 20, 0, 4).status()));
            refused422.add(clients.submit(() -> hold(first + 21, 0, 11).status()));
            // Of the two things that it needs the second is not there: nothing of the first is held.
            refused422.add(clients.submit(() -> hold(first + 22, 10, 11).status()));
            late409.add(clients.submit(() -> hold(first, 100).status()));
            trading.awaitStatements("SELECT%FROM cash_balances%FOR UPDATE", 1);
            // Whoever is answered now came after the others.
            buyingPower();
            lock.release();
            assertThat(results(held200)).containsOnly(200);
            assertThat(results(refused422)).containsOnly(422);
            assertThat(results(late409)).containsOnly(409);
        } finally {
            clients.shutdownNow();
        }

        assertThat(buyingPower().path("heldCash").asLong()).isEqualTo(held + 400);
        assertThat(shares("heldQuantity")).isEqualTo(heldShares + 4);
        for (long tradeNo : List.of(first + 1, first + 2, first + 3, first + 4, first + 20)) {
            assertThat(release(tradeNo).status()).isEqualTo(204);
        }
        assertThat(buyingPower().path("heldCash").asLong()).isEqualTo(held);
    }

    @Test
    void clientsAtOnceNeverSpendTheSameYenTwice() throws Exception {
        int each = 4;
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        try {
            leave(NEEDED * CLIENTS * each / 2);
            List<Integer> statuses = atOnce(() -> {
                List<Integer> answers = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    answers.add(placedAtLast(UUID.randomUUID().toString()));
                }
                return answers;
            });

            assertThat(statuses).containsOnly(201, 422);
            assertThat(statuses).filteredOn(status -> status == 201).hasSize(CLIENTS * each / 2);
            assertThat(buyingPower().path("buyingPower").asLong()).isZero();
        } finally {
            Freezer.thaw(market);
        }
        await().atMost(RELEASED).until(() -> trading.undone().isEmpty());
        assertThat(trading.cash()).isNotNegative();
    }

    /** What becomes of the order under that key, tried again for as long as that cannot be told. */
    private int placedAtLast(String key) {
        return await().atMost(RELEASED)
                .until(
                        () -> trading.place(key, Trading.order("BUY", "0", "1000", 10))
                                .status(),
                        status -> status != 503);
    }

    /** Thirty-two clients who order beyond their cash, while both services are killed and started again. */
    @Test
    void killsBetweenHoldAndCommitNeitherSpendNorKeepAYen() throws Exception {
        leave(NEEDED * CLIENTS * 3);
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger overdrawn = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService chaos = Executors.newFixedThreadPool(2);
        try {
            Future<?> kills = chaos.submit(() -> {
                try {
                    await().until(() -> accepted.get() > 10);
                    system.restart(Service.TRADE, Map.of());
                    system.restart(Service.BALANCE, Map.of());
                } finally {
                    over.countDown();
                }
            });
            Future<?> watch = chaos.submit(() -> {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    if (trading.number("StockBalance", "SELECT cash_value - held_value FROM cash_balances") < 0) {
                        overdrawn.incrementAndGet();
                    }
                }
                return null;
            });
            atOnce(() -> {
                while (!over.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (status(UUID.randomUUID().toString()) == 201) {
                        accepted.incrementAndGet();
                    }
                }
                return List.of();
            });
            kills.get();
            watch.get();
        } finally {
            chaos.shutdownNow();
        }

        assertThat(overdrawn).hasValue(0);
        await().atMost(RELEASED).until(() -> trading.undone().isEmpty());
        await().atMost(RELEASED)
                .until(() -> trading.number("StockBalance", "SELECT held_value FROM cash_balances") == 0);
    }

    private int status(String key) {
        try {
            return trading.place(key, Trading.order("BUY", "0", "1000", 10)).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    @Test
    void orderInWhoseMiddleStockTradeWasKilledGoesOnUnderItsKeyOrIsReleased() {
        long held = buyingPower().path("heldCash").asLong();
        LibertyServer trade = system.server(Service.TRADE);
        String again = UUID.randomUUID().toString();
        String never = UUID.randomUUID().toString();
        ExecutorService clients = Executors.newFixedThreadPool(2);
        // Locks the gap after the last trade too.
        try (Trading.Lock lock = trading.lock("StockTrade", "SELECT * FROM trades FOR UPDATE")) {
            clients.submit(() -> status(again));
            clients.submit(() -> status(never));
            await().atMost(SOON).until(() -> buyingPower().path("heldCash").asLong() == held + 2 * NEEDED);
            trade.kill();
            lock.release();
        } finally {
            clients.shutdownNow();
        }
        trade.startAgain(Map.of());
        trade.awaitReady(Duration.ofMinutes(2));

        Trading.Answer answer = trading.place(again, Trading.order("BUY", "0", "1000", 10));

        assertThat(answer.status()).isEqualTo(201);
        trading.awaitDone(answer.tradeNo());
        await().atMost(RELEASED).until(() -> buyingPower().path("heldCash").asLong() == held);
        assertThat(trading.place(never, Trading.order("BUY", "0", "1000", 10)).status())
                .isEqualTo(201);
    }

    @Test
    void orderRefusedUnderAKeyIsTakenUnderItOnceThereIsTheCash() {
        String key = UUID.randomUUID().toString();
        leave(NEEDED - 1);
        assertThat(trading.place(key, Trading.order("BUY", "0", "1000", 10)).status())
                .isEqualTo(422);
        leave(NEEDED);

        Trading.Answer answer = trading.place(key, Trading.order("BUY", "0", "1000", 10));

        assertThat(answer.status()).isEqualTo(201);
        trading.awaitDone(answer.tradeNo());
    }

    @Test
    void switchedOffNothingIsHeldAndNothingRefused() {
        try (LibertyServer off = system.another(Service.TRADE, Map.of("BUYING_POWER", "off"))) {
            off.startAgain(Map.of());
            off.awaitReady(Duration.ofMinutes(2));
            leave(0);

            long tradeNo = trading.place(off, Trading.order("BUY", "0", "1000", 10));

            trading.awaitDone(tradeNo);
            assertThat(trading.number("StockTrade", "SELECT held FROM trades WHERE trade_no = " + tradeNo))
                    .isZero();
        }
    }

    private JsonNode buyingPower() {
        return trading.get(Service.BALANCE, "/balance/buying-power").body();
    }

    /** One number about the shares of A002. */
    private long shares(String name) {
        for (JsonNode stock : buyingPower().path("stocks")) {
            if (stock.path("stockCode").asText().equals("A002")) {
                return stock.path(name).asLong();
            }
        }
        throw new AssertionError("no A002");
    }

    private Trading.Answer hold(long tradeNo, long yen) {
        return hold(tradeNo, yen, 0);
    }

    private Trading.Answer hold(long tradeNo, long yen, long shares) {
        return trading.send(trading.request(Service.BALANCE, "/balance/holds/" + tradeNo)
                .PUT(BodyPublishers.ofString(
                        "{\"stockCode\":\"A002\",\"cashValue\":%d,\"stockQuantity\":%d}".formatted(yen, shares))));
    }

    private Trading.Answer release(long tradeNo) {
        return trading.send(
                trading.request(Service.BALANCE, "/balance/holds/" + tradeNo).DELETE());
    }

    private static List<Integer> atOnce(Callable<List<Integer>> client) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<Integer>>> work = Collections.nCopies(CLIENTS, client);
            return results(clients.invokeAll(work)).stream()
                    .flatMap(List::stream)
                    .toList();
        } finally {
            clients.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
