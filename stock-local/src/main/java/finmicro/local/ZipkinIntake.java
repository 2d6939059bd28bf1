package finmicro.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A proxy that forwards spans to Zipkin and adds the remote endpoints that OpenTelemetry's Zipkin exporter omits. Zipkin
 * needs them for its dependency map: the queue of a consumer span, or else the map ends at each queue; and the origin of a
 * trace, a client or the clock, because the map's layout starts at nodes without callers, and the services alone form a cycle.
 */
final class ZipkinIntake implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI zipkin;
    private final HttpIntake intake;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param zipkin Zipkin's endpoint for spans */
    ZipkinIntake(URI zipkin) {
        this.zipkin = zipkin;
        this.intake = new HttpIntake((path, body) -> {
            JsonNode spans = JSON.readTree(body);
            spans.forEach(span -> complete((ObjectNode) span));
            return forward(spans);
        });
    }

    /** The endpoint for spans in Zipkin's format. */
    URI uri() {
        return intake.uri().resolve(zipkin.getPath());
    }

    private int forward(JsonNode spans) throws IOException {
        var request = HttpRequest.newBuilder(zipkin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(spans)))
                .build();
        try {
            return send(request);
        } catch (IOException e) {
            // Zipkin may have closed the idle connection. A retry is safe, because Zipkin deduplicates spans.
            return send(request);
        }
    }

    private int send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }

    /** Adds the missing fields to a span in Zipkin's format. */
    static void complete(ObjectNode span) {
        var kind = span.path("kind").asText();
        var tags = span.path("tags");
        if (kind.equals("CONSUMER")) {
            setRemoteEndpoint(span, tags.path("messaging.destination.name").asText());
        }
        if (!span.has("parentId") && (kind.equals("SERVER") || kind.isEmpty())) {
            setRemoteEndpoint(span, kind.isEmpty() ? "clock" : "client");
            span.put("kind", "SERVER");
        }
        // Zipkin would show a client span with a parent in another service as a call to an uninstrumented server.
        if (tags.path("messaging.operation.type").asText().equals("receive")) {
            span.remove("kind");
        }
    }

    private static void setRemoteEndpoint(ObjectNode span, String name) {
        span.putObject("remoteEndpoint").put("serviceName", name);
    }

    @Override
    public void close() {
        intake.close();
    }
}
