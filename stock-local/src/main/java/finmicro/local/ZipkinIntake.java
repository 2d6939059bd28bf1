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
 * Stands between the services and Zipkin, and completes what OpenTelemetry's Zipkin exporter leaves out, so that Zipkin
 * can draw its map: the queue of a consumer's span, without which the map ends at each queue, and who begins a trace, a
 * client or the clock: the map is laid out from those whom nobody calls, and an order's way alone is a circle.
 */
final class ZipkinIntake implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI zipkin;
    private final HttpIntake intake;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param zipkin where Zipkin takes spans */
    ZipkinIntake(URI zipkin) {
        this.zipkin = zipkin;
        this.intake = new HttpIntake((path, body) -> {
            JsonNode spans = JSON.readTree(body);
            spans.forEach(span -> complete((ObjectNode) span));
            return forward(spans);
        });
    }

    /** Where it takes spans, in Zipkin's own format. */
    URI uri() {
        return intake.uri().resolve(zipkin.getPath());
    }

    private int forward(JsonNode spans) throws IOException {
        var request = HttpRequest.newBuilder(zipkin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(spans)))
                .build();
        try {
            return sent(request);
        } catch (IOException e) {
            // Zipkin may have closed the connection just now, after idling; the same spans twice are one to it.
            return sent(request);
        }
    }

    private int sent(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }

    /** A span in Zipkin's format. */
    static void complete(ObjectNode span) {
        var kind = span.path("kind").asText();
        var tags = span.path("tags");
        if (kind.equals("CONSUMER")) {
            remote(span, tags.path("messaging.destination.name").asText());
        }
        if (!span.has("parentId") && (kind.equals("SERVER") || kind.isEmpty())) {
            remote(span, kind.isEmpty() ? "clock" : "client");
            span.put("kind", "SERVER");
        }
        // A client's span below one of another service is to Zipkin a call whose server told nothing.
        if (tags.path("messaging.operation.type").asText().equals("receive")) {
            span.remove("kind");
        }
    }

    private static void remote(ObjectNode span, String name) {
        span.putObject("remoteEndpoint").put("serviceName", name);
    }

    @Override
    public void close() {
        intake.close();
    }
}
