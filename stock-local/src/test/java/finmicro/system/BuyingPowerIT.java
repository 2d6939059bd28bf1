package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("long")
class BuyingPowerIT {

    private static final int CLIENTS = 32;
    private static final int PACE_MILLIS = 500;
    private static final Duration SOON = Duration.ofSeconds(10);

    /**
     * The claims of a killed task expire after 30 seconds; orders that wait for them are done two seconds later. A message that
     * the killed task has received also becomes visible again 30 seconds after its receipt.
     */
    private static final Duration RELEASED = Duration.ofSeconds(45);

    /** Maximum cost of a market order to buy 10 at 1,000 yen: 1,050 yen a share, fee and tax. */
    private static final long NEEDED = 11_600;

    private final TradingSystem system;
    private final Trading trading;
    private final List<Trading.Assets> withheld = new ArrayList<>();

    BuyingPowerIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    /** Reduces the buying power of the customer to {@code yen} and the shares to a few. The rest is restored after the test. */
    private void reduceTo(long yen) {
        withheld.add(trading.reduceTo(yen, 10, 26_000));
    }

    @AfterEach
    void restoreAndAudit() {
        withheld.forEach(trading::giveBack);
        await().atMost(RELEASED).until(() -> trading.notDone().isEmpty());
        await().atMost(RELEASED).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
    }

    @Test
    void orderBeyondTheCashIsRefusedWithTheAvailableAmount() {
        reduceTo(NEEDED - 1);
        long rows = trading.rows();

        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "1000", 10));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:insufficient-funds");
        assertThat(answer.body().path("required").asLong()).isEqualTo(NEEDED);
        assertThat(answer.body().path("available").asLong()).isEqualTo(NEEDED - 1);
        assertThat(trading.rows()).isEqualTo(rows);
    }

    @Test
    void sellBeyondTheAvailableSharesIsRefused() {
        reduceTo(NEEDED);
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        try {
            trading.place(Trading.order("SELL", "1", "2000", 4));

            Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("SELL", "1", "2000", 7));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().path("type").asText()).isEqualTo("urn:fin-micro:problem:insufficient-holdings");
            assertThat(answer.body().path("required").asLong()).isEqualTo(7);
            assertThat(answer.body().path("available").asLong()).isEqualTo(6);
        } finally {
            Freezer.thaw(market);
        }
    }

    @Test
    void sellWhoseFeeExceedsItsProceedsNeedsCash() {
        reduceTo(999);

        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("SELL", "1", "100", 1));

        assertThat(answer.body().path("type").asText()).endsWith(":insufficient-funds");
        assertThat(answer.body().path("required").asLong()).isEqualTo(1_000);
        reduceTo(0);
        trading.awaitDone(trading.place(Trading.order("SELL", "1", "1100", 1)));
    }

    @Test
    void reservationIsReplacedByTheFillOrReleased() {
        long reserved = account().path("reservedCash").asLong();
        long reservedShares = shares("reservedQuantity");
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        List<Long> orders = new ArrayList<>();
        try {
            orders.add(trading.place(Trading.order("BUY", "0", "1000", 10)));
            orders.add(trading.place(Trading.order("SELL", "0", "2000", 4)));
            for (int i = 0; i < 10; i++) {
                orders.add(trading.place(Trading.order("BUY", "1", "1000", 10)));
            }
            JsonNode now = account();
            assertThat(now.path("reservedCash").asLong()).isEqualTo(reserved + NEEDED + 10 * 11_100);
            assertThat(now.path("buyingPower").asLong())
                    .isEqualTo(now.path("cashValue").asLong()
                            - now.path("reservedCash").asLong());
            assertThat(shares("reservedQuantity")).isEqualTo(reservedShares + 4);
            assertThat(shares("availableQuantity")).isEqualTo(shares("stockQuantity") - reservedShares - 4);
        } finally {
            Freezer.thaw(market);
        }

        orders.forEach(trading::awaitDone);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(account().path("reservedCash").asLong()).isEqualTo(reserved);
            assertThat(shares("reservedQuantity")).isEqualTo(reservedShares);
        });
    }

    @Test
    void cancelReleasesTheReservationAtOnce() {
        long reserved = account().path("reservedCash").asLong();
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        try {
            long tradeNo = trading.place(Trading.order("BUY", "0", "1000", 10));
            assertThat(trading.send(trading.request(Service.TRADE, "/trade/order/" + tradeNo)
                                    .DELETE())
                            .status())
                    .isEqualTo(204);

            assertThat(account().path("reservedCash").asLong()).isEqualTo(reserved);
        } finally {
            Freezer.thaw(market);
        }
    }

    /** The feed reader polls each second. */
    @Test
    void externalBookingShowsWithinFiveSeconds() {
        long cash = account().path("cashValue").asLong();
        long shares = shares("stockQuantity");
        long tradeNo = 3_000_000_000_000L + System.nanoTime() % 1_000_000_000;
        String settlement =
                "{\"tradeNo\":%d,\"contractDate\":20200607,\"contractTime\":\"11:25:03\",\"stockCode\":\"A002\","
                        + "\"tradeType\":\"BUY\",\"orderType\":\"1\",\"contractPrice\":2320,\"contractQuantity\":10,\"fee\":1000,"
                        + "\"tax\":100,\"contractValue\":24200,\"settlementAmount\":24300,"
                        + "\"updateTime\":\"2020-06-07T11:25:04+09:00\"}";

        assertThat(trading.post(Service.BALANCE, "/balance", settlement.formatted(tradeNo))
                        .status())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(account().path("cashValue").asLong()).isEqualTo(cash - 24_300);
            assertThat(shares("stockQuantity")).isEqualTo(shares + 10);
        });
    }

    @Test
    void concurrentClientsNeverSpendTheSameYenTwice() throws Exception {
        int each = 4;
        long market = system.server(Service.MARKET).pid();
        Freezer.freeze(market);
        try {
            reduceTo(NEEDED * CLIENTS * each / 2);
            List<Integer> statuses = atOnce(() -> {
                List<Integer> answers = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    answers.add(statusAfterRetries(UUID.randomUUID().toString()));
                }
                return answers;
            });

            assertThat(statuses).containsOnly(201, 422);
            assertThat(statuses).filteredOn(status -> status == 201).hasSize(CLIENTS * each / 2);
            assertThat(account().path("buyingPower").asLong()).isZero();
        } finally {
            Freezer.thaw(market);
        }
        await().atMost(RELEASED).until(() -> trading.notDone().isEmpty());
        assertThat(trading.cash()).isNotNegative();
    }

    /** Status of an order under that key. Retries while buying power cannot be checked. */
    private int statusAfterRetries(String key) {
        return await().atMost(RELEASED)
                .until(
                        () -> trading.place(key, Trading.order("BUY", "0", "1000", 10))
                                .status(),
                        status -> status != 503);
    }

    /** 32 clients order more than their cash allows while both services are killed and restarted. */
    @Test
    void killsDoNotChangeCashOrLeaveReservations() throws Exception {
        // The open sample trades reserve cash.
        long reserved = account().path("reservedCash").asLong();
        reduceTo(NEEDED * CLIENTS * 3);
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
            Future<?> overdraftCheck = chaos.submit(() -> {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    if (trading.number("StockTrade", "SELECT cash - reserved_cash FROM accounts WHERE account = 'main'")
                            < 0) {
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
            overdraftCheck.get();
        } finally {
            chaos.shutdownNow();
        }

        assertThat(overdrawn).hasValue(0);
        await().atMost(RELEASED).until(() -> trading.notDone().isEmpty());
        await().atMost(RELEASED).until(() -> account().path("reservedCash").asLong() == reserved);
    }

    private int status(String key) {
        try {
            return trading.place(key, Trading.order("BUY", "0", "1000", 10)).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    @Test
    void orderInterruptedByAKillReservesNothingUntilItIsRetried() {
        long reserved = account().path("reservedCash").asLong();
        LibertyServer trade = system.server(Service.TRADE);
        String key = UUID.randomUUID().toString();
        ExecutorService clients = Executors.newFixedThreadPool(1);
        // Also locks the gap after the last trade.
        try (Trading.Lock lock = trading.lock("StockTrade", "SELECT * FROM trades FOR UPDATE")) {
            clients.submit(() -> status(key));
            trading.awaitStatements("INSERT INTO trades%", 1);
            trade.kill();
            lock.release();
        } finally {
            clients.shutdownNow();
        }
        trade.startAgain(Map.of());
        trade.awaitReady(Duration.ofMinutes(2));
        assertThat(account().path("reservedCash").asLong()).isEqualTo(reserved);

        Trading.Answer answer = trading.place(key, Trading.order("BUY", "0", "1000", 10));

        assertThat(answer.status()).isEqualTo(201);
        trading.awaitDone(answer.tradeNo());
        assertThat(account().path("reservedCash").asLong()).isEqualTo(reserved);
    }

    @Test
    void orderRefusedUnderAKeyIsAcceptedUnderItOnceThereIsCash() {
        String key = UUID.randomUUID().toString();
        reduceTo(NEEDED - 1);
        assertThat(trading.place(key, Trading.order("BUY", "0", "1000", 10)).status())
                .isEqualTo(422);
        reduceTo(NEEDED);

        Trading.Answer answer = trading.place(key, Trading.order("BUY", "0", "1000", 10));

        assertThat(answer.status()).isEqualTo(201);
        trading.awaitDone(answer.tradeNo());
    }

    /** Afterwards the other task imports main again, with the orders that were placed without the check. */
    @Test
    void withoutTheCheckNothingIsRefused() {
        try (LibertyServer off = system.another(Service.TRADE, Map.of("BUYING_POWER", "off"))) {
            off.startAgain(Map.of());
            off.awaitReady(Duration.ofMinutes(2));
            // This task deletes main at its start; the other task imports it again.
            await().atMost(SOON).until(() -> account().has("cashValue"));
            reduceTo(0);

            trading.awaitDone(trading.place(off, Trading.order("BUY", "0", "1000", 10)));
        }
    }

    private JsonNode account() {
        return trading.get(Service.TRADE, "/trade/account").body();
    }

    /** One number about the shares of A002. */
    private long shares(String name) {
        for (JsonNode stock : account().path("stocks")) {
            if (stock.path("stockCode").asText().equals("A002")) {
                return stock.path(name).asLong();
            }
        }
        throw new AssertionError("no A002");
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
