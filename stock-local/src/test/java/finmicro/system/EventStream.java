package finmicro.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.local.LibertyServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A subscriber to the events of a service. */
final class EventStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Pattern TRADE = Pattern.compile("\"tradeNo\":(\\d+)");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();
    private final InputStream body;
    private volatile boolean ended;

    private EventStream(InputStream body) {
        this.body = body;
        Thread thread = new Thread(this::read, "event-stream");
        thread.setDaemon(true);
        thread.start();
    }

    /** Subscribes, and returns after the greeting. No later event is missed. */
    static EventStream open(LibertyServer server, String path) {
        return open(HttpRequest.newBuilder(server.uri().resolve(path)));
    }

    /** The same with an access token. */
    static EventStream open(LibertyServer server, String path, String token) {
        return open(HttpRequest.newBuilder(server.uri().resolve(path)).header("Authorization", "Bearer " + token));
    }

    private static EventStream open(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            EventStream stream = new EventStream(response.body());
            await("greeting").atMost(TIMEOUT).until(() -> stream.lines.contains(": listening"));
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                Matcher trade = TRADE.matcher(line);
                if (trade.find()) {
                    numbers.add(Long.valueOf(trade.group(1)));
                }
            }
        } catch (IOException e) {
            // closed by either side
        }
        ended = true;
    }

    /** Waits for a matching event. */
    void awaitEvent(String name, Predicate<JsonNode> wanted) {
        await(name + " event").atMost(TIMEOUT).until(() -> events(name).stream().anyMatch(wanted));
    }

    /** Whether an event with that name was received. */
    boolean has(String name) {
        return lines.contains("event: " + name);
    }

    /** All text received so far. */
    String text() {
        return String.join("\n", List.copyOf(lines));
    }

    /** Numbers of the trades with events so far. */
    Set<Long> tradeNumbers() {
        return numbers;
    }

    private List<JsonNode> events(String name) {
        List<String> received = List.copyOf(lines);
        return IntStream.range(1, received.size())
                .filter(i -> received.get(i - 1).equals("event: " + name))
                .mapToObj(i -> json(received.get(i).substring("data: ".length())))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** Waits until the server ends the stream. */
    void awaitEnd(Duration timeout) {
        await("end of the stream").atMost(timeout).until(() -> ended);
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // already closed
        }
    }
}
