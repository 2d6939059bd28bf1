package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Health checks succeed in time during floods of requests and of slow clients. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class FloodIT {

    /**
     * Trades that a test inserts have numbers below this. Real orders may get numbers above it, because the counter is raised
     * above the highest stored number.
     */
    private static final long INSERTED_BELOW = 9_050_000_000L;

    /** More than the threads of a service. */
    private static final int CLIENTS = 400;
    /** Less than the timeout of the load balancer. */
    private static final Duration IN_TIME = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PROBES = 20;

    private final TradingSystem system;
    private final Trading trading;

    FloodIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @Test
    void healthAnswersWhileEveryEndpointWaitsForAFrozenDatabase() throws Exception {
        long tradeNo = trading.place(Trading.order("BUY", "0", "100", 1));
        trading.awaitDone(tradeNo);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> flood = new ArrayList<>();
        Freezer.freeze(system.stack().database().pid());
        try {
            for (int client = 0; client < CLIENTS; client++) {
                int kind = client % 4;
                flood.add(clients.submit(() -> {
                    while (!over.get()) {
                        refused.addAndGet(status(kind, tradeNo) == 503 ? 1 : 0);
                    }
                }));
            }
            await().atMost(SOON).until(() -> refused.get() > CLIENTS);
            assertHealthAnswers(Service.TRADE);
        } finally {
            over.set(true);
            Freezer.thaw(system.stack().database().pid());
            clients.shutdown();
        }
        for (Future<?> client : flood) {
            client.get();
        }
        trading.awaitAccepted(SOON);
    }

    /** @return 0 if there is no response in time */
    private int status(int kind, long tradeNo) {
        try {
            Trading.Answer answer = switch (kind) {
                case 0 -> trading.post(Service.TRADE, "/trade/order", Trading.order("BUY", "0", "100", 1));
                case 1 -> trading.get(Service.TRADE, "/trade/order/" + tradeNo);
                case 2 -> trading.get(Service.TRADE, "/trade/order");
                default ->
                    trading.send(trading.request(Service.TRADE, "/trade/order/" + tradeNo)
                            .DELETE());
            };
            return answer.status();
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(HttpTimeoutException.class);
            return 0;
        }
    }

    /** The start of a request's body, and what is sent each second after it. */
    static Stream<Arguments> bodies() {
        String length = "Content-Length: 500\r\n\r\n{";
        String chunks = "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";
        return Stream.of(
                Arguments.of(Service.TRADE, "/trade/order", length, ""),
                Arguments.of(Service.TRADE, "/trade/order", length, " "),
                Arguments.of(Service.TRADE, "/trade/order", chunks, "1\r\n \r\n"),
                Arguments.of(Service.BALANCE, "/balance", length, ""));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void healthAnswersWhileBodiesAreIncomplete(Service service, String path, String begin, String part)
            throws Exception {
        List<Socket> slow = new ArrayList<>();
        ScheduledExecutorService parts = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int client = 0; client < CLIENTS; client++) {
                slow.add(incompleteRequest(service, path, begin));
            }
            parts.scheduleWithFixedDelay(() -> slow.forEach(socket -> send(socket, part)), 1, 1, TimeUnit.SECONDS);
            await("capacity exhausted")
                    .atMost(SOON)
                    .until(() -> trading.get(service, path).status() == 503);
            assertHealthAnswers(service);
            // The slow clients are still connected, but the service no longer waits for them.
            trading.awaitAccepted(SOON);
        } finally {
            parts.shutdownNow();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /**
     * About 500 sockets from 49 addresses open a stream of orders and never read, while 100 orders/s are placed. Their buffers
     * fill with events until the writers block.
     */
    @Test
    void clientsThatNeverReadTheirStreamDelayNoHealthCheckAndNoSubscriber() throws Exception {
        long pid = system.server(Service.TRADE).pid();
        List<Socket> stalled = new ArrayList<>();
        ScheduledExecutorService orders = Executors.newScheduledThreadPool(8);
        List<Long> placed = new CopyOnWriteArrayList<>();
        try (EventStream reader = EventStream.open(system.server(Service.TRADE), "/trade/events")) {
            for (int client = 0; client < 490; client++) {
                stalled.add(stalledSubscriber("127.0.1." + (1 + client / 10)));
            }
            assertThat(refusedSubscriber("127.0.1.1")).startsWith("HTTP/1.1 503");
            orders.scheduleAtFixedRate(
                    () -> orders.execute(() -> placed.add(trading.place(Trading.order("BUY", "0", "100", 1)))),
                    0,
                    10,
                    TimeUnit.MILLISECONDS);
            AtomicInteger filled = new AtomicInteger();
            await("writers blocked")
                    .pollInterval(Duration.ofSeconds(2))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> {
                        trading.failedTrades(INSERTED_BELOW - filled.addAndGet(4_000), 4_000);
                        return blockedWriters(pid) > 20;
                    });
            assertHealthAnswersAtOnce(Service.TRADE);

            orders.shutdown();
            assertThat(orders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(placed).hasSizeGreaterThan(100);
            await("events of all trades")
                    .atMost(SOON)
                    .until(() -> reader.tradeNumbers()
                            .containsAll(Stream.concat(
                                            placed.stream(),
                                            LongStream.range(INSERTED_BELOW - filled.get(), INSERTED_BELOW)
                                                    .boxed())
                                    .toList()));
            assertThat(reader.has("reset")).isFalse();
            assertThat(system.server(Service.TRADE).pid()).isEqualTo(pid);
        } finally {
            orders.shutdownNow();
            for (Socket socket : stalled) {
                socket.close();
            }
            trading.change(
                    "StockTrade",
                    "DELETE FROM trades WHERE trade_no BETWEEN %d AND %d"
                            .formatted(INSERTED_BELOW - 1_000_000, INSERTED_BELOW - 1));
        }
        placed.forEach(trading::awaitDone);
    }

    /** Opens a stream and reads nothing but the status. */
    private Socket stalledSubscriber(String address) throws IOException {
        Socket socket = subscriber(address);
        assertThat(status(socket)).startsWith("HTTP/1.1 200");
        return socket;
    }

    private String refusedSubscriber(String address) throws IOException {
        try (Socket socket = subscriber(address)) {
            return status(socket);
        }
    }

    private Socket subscriber(String address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                system.server(Service.TRADE).uri().getPort()));
        send(socket, "GET /trade/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    /** Number of threads that are blocked by clients that do not read. */
    private static long blockedWriters(long pid) throws IOException {
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String threads = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of(threads.split("\n\n"))
                .filter(thread -> thread.contains("\"event-writer\"") && thread.contains("SimpleSync.simpleWait"))
                .count();
    }

    /** Checks that the median response is immediate and all responses are in time. */
    private void assertHealthAnswersAtOnce(Service service) {
        List<Duration> took = new ArrayList<>();
        for (int probe = 0; probe < PROBES; probe++) {
            long began = System.nanoTime();
            assertThat(trading.get(service, "/health/ready").status()).isEqualTo(200);
            took.add(Duration.ofNanos(System.nanoTime() - began));
        }
        took.sort(null);
        assertThat(took.get(PROBES / 2)).isLessThan(Duration.ofMillis(100));
        assertThat(took.get(PROBES - 1)).isLessThan(IN_TIME);
    }

    private Socket incompleteRequest(Service service, String path, String begin) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), system.server(service).uri().getPort());
        send(socket, "POST %s HTTP/1.1\r\nHost: localhost\r\n%s".formatted(path, begin));
        return socket;
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The service has already closed the connection.
        }
    }

    private void assertHealthAnswers(Service service) {
        for (int probe = 0; probe < PROBES; probe++) {
            long began = System.nanoTime();
            assertThat(trading.get(service, "/health/ready").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
        }
    }
}
