package finmicro.trade.outbox.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import finmicro.common.json.StrictJson;
import finmicro.common.rest.JsonBody;
import finmicro.common.telemetry.CallSpans;
import finmicro.common.time.Ticker;
import finmicro.embedded.Injection;
import finmicro.trade.TestConfig;
import finmicro.trade.access.control.ServiceToken;
import finmicro.trade.access.control.WithToken;
import finmicro.trade.ledger.control.BalanceGateway;
import finmicro.trade.ledger.control.EntryDelivery;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server in the place of stock-balance, and the real client of stock-trade for it. */
final class BalanceStub implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> settled = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();

    /**
     * Starts it on a free port of the loopback interface.
     *
     * @param batchStatus what a batch is answered with
     * @param work what happens before each answer
     */
    BalanceStub(int batchStatus, Runnable work) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/balance", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().endsWith("/batch")) {
                batches.add(batchStatus);
                if (batchStatus >= 500) {
                    work.run();
                }
                answer(exchange, batchStatus);
            } else {
                settled.add(body);
                work.run();
                answer(exchange, 200);
            }
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** What was settled one by one, in the order of the requests. */
    Queue<String> settled() {
        return settled;
    }

    /** How many batches were posted. */
    int batches() {
        return batches.size();
    }

    EntryDelivery delivery(Ticker ticker) {
        JsonBody body = Injection.into(new JsonBody(), new StrictJson(null));
        WithToken token = new WithToken(new ServiceToken(TestConfig.of(Map.of()), Ticker.SYSTEM, body));
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/balance");
        return new EntryDelivery(
                new BalanceGateway(uri, body, token),
                new CallSpans(OpenTelemetry.noop()),
                Clock.systemUTC(),
                ticker,
                OpenTelemetry.noop());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
