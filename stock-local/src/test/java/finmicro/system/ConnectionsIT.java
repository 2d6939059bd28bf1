package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.embedded.EmbeddedDatabase;
import finmicro.local.ServerConfiguration;
import finmicro.local.Service;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("long")
class ConnectionsIT {

    private static final int CLIENTS = 300;
    private static final int ORDERS = 300;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    /** Tasks of each service: two, and a third during a deployment. */
    private static final int TASKS = 3;

    private final Trading trading;
    private final TradingSystem system;
    private final int pool;
    private final int most;
    private final Queue<Long> placed = new ConcurrentLinkedQueue<>();

    ConnectionsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
        this.pool = pools(Service.TRADE).get("master");
        this.most = Stream.of(Service.TRADE, Service.BALANCE, Service.ITEMS)
                .flatMap(service -> pools(service).values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Pool sizes by the configuration and environment of the running server. */
    private Map<String, Integer> pools(Service service) {
        return ServerConfiguration.read(
                        system.server(service).folder(), system.environment().of(service))
                .pools();
    }

    /** The old services leaked two connections per fill. After 74 fills the database refused new ones. */
    @Test
    @Tag("old-defect-19")
    void aBurstStaysWithinThePoolsAndLosesNoConnection() throws Exception {
        assertThat((long) TASKS * most).isLessThan(trading.number("StockTrade", "SELECT @@max_connections"));

        long peak = connectionsDuring(this::burst);

        assertThat(peak).isBetween(pool + 1L, (long) most);
        assertThat(placed).hasSizeGreaterThan(74);
        placed.forEach(trading::awaitDone);
        long after = connectionsDuring(() -> {
            for (int i = 0; i < 2 * pool; i++) {
                assertThat(trading.get(Service.TRADE, "/trade/order/10001").status())
                        .isEqualTo(200);
                assertThat(trading.get(Service.BALANCE, "/balance").status()).isEqualTo(200);
                assertThat(trading.get(Service.ITEMS, "/stock/attributes").status())
                        .isEqualTo(200);
            }
        });
        assertThat(after).isBetween(1L, (long) most);
    }

    /** Runs all clients at once until {@code ORDERS} orders are placed. A request beyond the capacity gets a 503 or times out. */
    private void burst() throws Exception {
        Instant end = Instant.now().plus(TIMEOUT);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> work = new ArrayList<>();
            IntStream.range(0, CLIENTS)
                    .forEach(client -> work.add(clients.submit(() -> {
                        for (int round = 0;
                                placed.size() < ORDERS && Instant.now().isBefore(end);
                                round++) {
                            request(client, round);
                        }
                    })));
            for (Future<?> one : work) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void request(int client, int round) {
        try {
            Trading.Answer answer = switch (client % 3) {
                case 0 -> order(round);
                case 1 -> trading.get(Service.BALANCE, "/balance");
                default -> stocks(round);
            };
            assertThat(answer.status()).isIn(200, 201, 503);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(HttpTimeoutException.class);
        }
    }

    private Trading.Answer order(int round) {
        if (round % 2 == 1) {
            return trading.get(Service.TRADE, "/trade/order/10001");
        }
        Trading.Answer answer = trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1));
        if (answer.status() == 201) {
            placed.add(answer.tradeNo());
        }
        return answer;
    }

    private Trading.Answer stocks(int round) {
        return trading.get(
                Service.ITEMS, round % 2 == 0 ? "/stock/attributes" : "/stock/prices?stockCode=A002&to=20200526");
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Maximum number of connections of the services during the work and at its end. */
    private long connectionsDuring(Work work) throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try (Connection direct = DriverManager.getConnection(
                        system.stack().database().jdbcUrl("StockTrade"),
                        EmbeddedDatabase.USER,
                        EmbeddedDatabase.PASSWORD);
                Statement sql = direct.createStatement()) {
            Future<?> running = worker.submit(() -> {
                work.run();
                return null;
            });
            long most = 0;
            while (!running.isDone()) {
                most = Math.max(most, connections(sql));
                Thread.sleep(20);
            }
            running.get();
            return Math.max(most, connections(sql));
        } finally {
            worker.shutdownNow();
        }
    }

    private static long connections(Statement sql) throws SQLException {
        try (ResultSet row =
                sql.executeQuery("SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID()")) {
            row.next();
            return row.getLong(1);
        }
    }
}
