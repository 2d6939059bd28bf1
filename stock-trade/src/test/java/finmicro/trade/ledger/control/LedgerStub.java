package finmicro.trade.ledger.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import finmicro.common.json.StrictJson;
import finmicro.common.reconciliation.EntryCursor;
import finmicro.common.rest.JsonBody;
import finmicro.common.telemetry.CallSpans;
import finmicro.common.time.Ticker;
import finmicro.embedded.Injection;
import finmicro.trade.access.control.BearerTokenFilter;
import finmicro.trade.access.control.ServiceToken;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.validation.Validation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** An HTTP server with an in-memory ledger in place of stock-balance, and the real client of stock-trade for it. */
public final class LedgerStub implements AutoCloseable {

    /** Real validation; no test violates a constraint. */
    public static final StrictJson STRICT =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    /**
     * A request.
     *
     * @param path with its query
     * @param entries number of entries in its body
     */
    public record Request(String path, String body, int entries) {}

    /** The status by which a rule leaves a request to the ledger. */
    public static final int HANDLE = 0;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final StubLedger ledger = new StubLedger();
    private volatile ToIntFunction<Request> rule = request -> HANDLE;
    private volatile Runnable before = () -> {};

    /** Starts it on a free port of the loopback interface. */
    public LedgerStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/balance", this::handle);
        server.start();
    }

    /** Answers requests with the status that this returns, unless it is {@link #HANDLE}. */
    public LedgerStub answering(ToIntFunction<Request> status) {
        this.rule = status;
        return this;
    }

    /** Answers as the old stock-balance: {@code POST /balance} only. */
    public LedgerStub old() {
        return answering(request -> request.path().equals("/balance") ? HANDLE : 404);
    }

    /** Runs before each response. */
    public LedgerStub before(Runnable work) {
        this.before = work;
        return this;
    }

    public StubLedger ledger() {
        return ledger;
    }

    /** The paths of all requests, in their order. */
    public List<String> paths() {
        return requests.stream().map(Request::path).toList();
    }

    /** All requests, in their order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode json = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        Request request = new Request(
                exchange.getRequestURI().toString(), body, json.path("entries").size());
        requests.add(request);
        before.run();
        int status = rule.applyAsInt(request);
        if (status == HANDLE) {
            answer(exchange, 200, answer(exchange.getRequestURI(), json).toString());
        } else {
            answer(exchange, status, "");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonNode answer(URI uri, JsonNode body) {
        return switch (uri.getPath()) {
            case "/balance" -> ledger.settle(body);
            case "/balance/entries" -> entries(body);
            case "/balance/feed" -> ledger.feed(number(uri, "after"), number(uri, "limit"));
            case "/balance/snapshot" -> ledger.snapshot(uri.getQuery().substring("account=".length()));
            case "/balance/booked" -> ledger.booked(body);
            case "/balance/reconciliation" ->
                JSON.createObjectNode().put("accounts", 1).put("entries", 2).set("differences", JSON.createArrayNode());
            case "/balance/reconciliation/entries" ->
                body.isEmpty()
                        ? ledger.entriesAfter(EntryCursor.of(text(uri, "after")), number(uri, "limit"))
                        : ledger.entries(body);
            default -> throw new IllegalArgumentException(uri.toString());
        };
    }

    private ObjectNode entries(JsonNode body) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode outcomes = answer.putArray("outcomes");
        body.path("entries").forEach(entry -> outcomes.add(ledger.book(entry)));
        return answer;
    }

    private static long number(URI uri, String name) {
        return Long.parseLong(text(uri, name));
    }

    private static String text(URI uri, String name) {
        for (String parameter : uri.getQuery().split("&")) {
            if (parameter.startsWith(name + "=")) {
                return parameter.substring(name.length() + 1);
            }
        }
        throw new IllegalArgumentException(uri + " has no " + name);
    }

    /** The gateway of stock-trade to it. */
    public BalanceGateway gateway() {
        JsonBody body = Injection.into(new JsonBody(), STRICT);
        BearerTokenFilter token = new BearerTokenFilter(new ServiceToken(Optional.empty(), Ticker.SYSTEM, body));
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/balance");
        return new BalanceGateway(uri, body, STRICT, token);
    }

    /** The sender of stock-trade to it. */
    public EntryOutboxSender sender(Ticker ticker) {
        EntryCalls calls = new EntryCalls(gateway(), new CallSpans(OpenTelemetry.noop()), STRICT);
        return new EntryOutboxSender(new EntrySender(calls, ticker), Clock.systemUTC(), OpenTelemetry.noop());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
