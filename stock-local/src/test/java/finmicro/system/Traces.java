package finmicro.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The traces in Zipkin. */
final class Traces {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Trading trading;
    private final URI zipkin;

    Traces(TradingSystem system, Trading trading) {
        this.trading = trading;
        this.zipkin = system.zipkin().uri();
    }

    /** Waits until the trace of an order satisfies a condition, and returns it. */
    TraceTree awaitOrder(long tradeNo, Predicate<TraceTree> complete) {
        return await("trace of " + tradeNo)
                .atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ofOrder(tradeNo), complete);
    }

    /** The trace of an order with the spans received so far. */
    TraceTree ofOrder(long tradeNo) {
        List<TraceTree> found = query("annotationQuery=" + encoded("trade.no=" + tradeNo));
        return found.isEmpty() ? new TraceTree(trading.json("[]")) : found.get(0);
    }

    /** Traces that match a query of Zipkin's API, the newest first. */
    List<TraceTree> query(String query) {
        return all("/api/v2/traces?limit=100&lookback=86400000&" + query);
    }

    /** Up to {@code limit} traces, the newest first. */
    List<TraceTree> newest(int limit) {
        return all("/api/v2/traces?lookback=86400000&limit=" + limit);
    }

    private List<TraceTree> all(String path) {
        JsonNode traces = get(path);
        return StreamSupport.stream(traces.spliterator(), false)
                .map(TraceTree::new)
                .toList();
    }

    /** One trace by its id; empty if there is none. */
    TraceTree byId(String traceId) {
        JsonNode trace = get("/api/v2/trace/" + traceId);
        return new TraceTree(trace.isArray() ? trace : trading.json("[]"));
    }

    /** The service map as lines {@code caller -> callee}. */
    List<String> map() {
        JsonNode links = get("/api/v2/dependencies?endTs=" + System.currentTimeMillis());
        return StreamSupport.stream(links.spliterator(), false)
                .map(link -> link.path("parent").asText() + " -> "
                        + link.path("child").asText())
                .toList();
    }

    private JsonNode get(String path) {
        return trading.send(HttpRequest.newBuilder(zipkin.resolve(path))).body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
