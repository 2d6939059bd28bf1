package finmicro.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the load generator in its own JVM, against a test server. */
@Tag("edge")
@Tag("long")
class LoadIT {

    private static final int TIMEOUT_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger received = new AtomicInteger();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    /** Arrival times of orders, by {@link System#nanoTime}. */
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void closedLoopSendsOneOrderPerConnectionAndCountsErrors() throws Exception {
        serve(number -> number % 10 == 0 ? 503 : 201);

        var result = load("--connections", "3", "--seconds", "2");

        int errors = received.get() / 10;
        assertThat(errors).isPositive();
        assertThat(result.get("errors").asInt()).isEqualTo(errors);
        assertThat(result.get("orders").asInt()).isEqualTo(received.get() - errors);
        assertThat(result.get("seconds").asDouble()).isGreaterThan(1.9);
        // The printed values are rounded, to a millisecond and to a tenth.
        double seconds = result.get("seconds").asDouble();
        double orders = result.get("orders").asDouble();
        assertThat(result.get("perSecond").asDouble())
                .isBetween(orders / (seconds + 0.0005) - 0.05, orders / (seconds - 0.0005) + 0.05);
        assertThat(connections).hasSize(3);
        assertThat(types).containsExactly("application/json");
        assertThat(bodies).hasSize(4).contains("""
                        {"orderDate":20200607,"orderTime":"11:25:00","stockCode":"A002","tradeType":"BUY",\
                        "orderType":"0","orderPrice":2320,"orderQuantity":10}""");
    }

    @Test
    void openLoopKeepsSendingDuringAStallAndRecordsItsFullLatency() throws Exception {
        var stallOver = new CountDownLatch(1);
        serve(number -> {
            if (number == 100) {
                TimeUnit.SECONDS.sleep(1);
                stallOver.countDown();
            } else if (number > 100) {
                stallOver.await();
            }
            return 201;
        });

        var result = load("--rate", "100", "--seconds", "4");

        // A quarter of the orders waits, up to a second. A closed loop would only have as many waiting orders as
        // connections.
        assertThat(received).hasValue(400);
        assertThat(result.get("orders").asInt()).isEqualTo(400);
        assertThat(result.get("errors").asInt()).isZero();
        assertThat(result.get("maxMillis").asDouble()).isGreaterThan(990);
        assertThat(result.get("p99Millis").asDouble()).isGreaterThan(900);
    }

    @Test
    void openLoopRunsItsRatesOneAfterTheOther() throws Exception {
        serve(number -> 201);

        var result = load("--rate", "50,150", "--seconds", "2");

        assertThat(result.get("orders").asInt()).isEqualTo(400);
        assertThat(result.get("seconds").asDouble()).isCloseTo(4, within(0.5));
        // The first quarter of the orders took half of the time.
        var times = List.copyOf(arrivals);
        assertThat((times.get(99) - times.get(0)) / (double) (times.get(399) - times.get(0)))
                .isCloseTo(0.5, within(0.1));
    }

    /** Returns the response status of an order. */
    private interface Response {

        int status(int number) throws InterruptedException;
    }

    private void serve(Response response) {
        server.createContext("/", exchange -> respond(exchange, 404));
        server.createContext("/trade/order", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            connections.add(exchange.getRemoteAddress());
            arrivals.add(System.nanoTime());
            try {
                respond(exchange, response.status(received.incrementAndGet()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void respond(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private JsonNode load(String... arguments) throws IOException, InterruptedException {
        var result = folder.resolve("result.json");
        var libraries = Files.readString(Path.of("target/classpath.txt")).strip();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                "target/classes" + File.pathSeparator + libraries,
                "finmicro.load.Load",
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "--result",
                result.toString()));
        command.addAll(List.of(arguments));
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return new ObjectMapper().readTree(result.toFile());
    }
}
