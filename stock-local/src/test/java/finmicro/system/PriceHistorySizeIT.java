package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.local.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Price histories of any length can be read with the default heap of the service. */
@ExtendWith(SharedSystem.class)
class PriceHistorySizeIT {

    private static final int CLIENTS = 50;

    private final TradingSystem system;
    private final Trading trading;

    PriceHistorySizeIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    /** A million rows with {@code -Pchaos}, otherwise twenty thousand, with pages of the same size. */
    @Test
    void fiftyClientsReadALongHistoryWithTheDefaultHeap() throws Exception {
        int rows = Effort.ofThisBuild() == Effort.LONG ? 1_000_000 : 20_000;
        long pid = system.server(Service.ITEMS).pid();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            insert(rows);
            List<Future<Long>> sums = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                sums.add(clients.submit(this::sumOfPrices));
            }
            while (!sums.stream().allMatch(Future::isDone)) {
                long began = System.nanoTime();
                assertThat(trading.get(Service.ITEMS, "/health/ready").status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
                Thread.sleep(200);
            }
            long expected = trading.number(
                    "StockItems", "SELECT CAST(SUM(price) AS SIGNED) FROM time_prices WHERE stock_code = 'A001'");
            for (Future<Long> sum : sums) {
                assertThat(sum.get()).isEqualTo(expected);
            }
            assertThat(trading.get(Service.ITEMS, "/stock/prices?stockCode=A001")
                            .status())
                    .isEqualTo(200);
            assertThat(system.server(Service.ITEMS).pid()).isEqualTo(pid);
        } finally {
            clients.shutdownNow();
            trading.change("StockItems", "DELETE FROM time_prices WHERE stock_code = 'A001'");
        }
    }

    /** Fifty clients share ten database connections. A request that waits too long for one gets a 503 and is retried. */
    private Trading.Answer page(String cursor) {
        return await("page")
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> trading.get(Service.ITEMS, "/stock/prices?stockCode=A001&from=20000101&cursor=" + cursor),
                        answer -> {
                            assertThat(answer.status()).isIn(200, 503);
                            return answer.status() == 200;
                        });
    }

    private long sumOfPrices() {
        long sum = 0;
        String cursor = "";
        do {
            Trading.Answer answer = page(cursor);
            for (JsonNode day : answer.body().path("datePrice")) {
                for (JsonNode minute : day.path("timePrice")) {
                    sum += minute.path("price").asLong();
                }
            }
            cursor = answer.body().path("nextCursor").asText();
        } while (!cursor.isEmpty());
        return sum;
    }

    /** Inserts a price per minute since the year 2000, with an old change time so that no events are sent. */
    private void insert(int rows) {
        String digit =
                "(SELECT 0 i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6"
                        + " UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
        trading.change(
                "StockItems",
                ("INSERT INTO time_prices (stock_code, date, time, price, changed_at) SELECT 'A001',"
                                + " DATE_FORMAT(DATE_ADD('2000-01-01', INTERVAL n DIV 1440 DAY), '%%Y%%m%%d'),"
                                + " TIME_FORMAT(SEC_TO_TIME(n MOD 1440 * 60), '%%H:%%i'), 1000 + n MOD 997, '2000-01-01'"
                                + " FROM (SELECT a.i + 10 * b.i + 100 * c.i + 1000 * d.i + 10000 * e.i + 100000 * f.i n"
                                + " FROM %1$s a, %1$s b, %1$s c, %1$s d, %1$s e, %1$s f) numbers WHERE n < %2$d")
                        .formatted(digit, rows));
    }
}
