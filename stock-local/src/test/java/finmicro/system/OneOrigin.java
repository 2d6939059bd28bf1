package finmicro.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import finmicro.local.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A reverse proxy that serves all services at one HTTP/1.1 origin, as a load balancer without TLS does. */
final class OneOrigin implements AutoCloseable {

    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "host", "origin", "transfer-encoding", "upgrade", "date", "expect");

    private final TradingSystem system;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<HttpExchange> streams = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    OneOrigin(TradingSystem system) throws IOException {
        this.system = system;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Number of open event streams. */
    int streams() {
        return streams.size();
    }

    private URI target(URI requested) {
        String path = requested.getPath();
        Service service = path.startsWith("/stock/")
                ? Service.ITEMS
                : path.startsWith("/balance") ? Service.BALANCE : Service.TRADE;
        return system.server(service).uri().resolve(requested.toString());
    }

    private void forward(HttpExchange exchange) {
        boolean stream = exchange.getRequestURI().getPath().endsWith("/events");
        if (stream) {
            streams.add(exchange);
        }
        try (exchange) {
            HttpResponse<InputStream> response =
                    client.send(request(exchange), HttpResponse.BodyHandlers.ofInputStream());
            response.headers().map().forEach((name, values) -> {
                if (isForwarded(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            try (InputStream body = response.body()) {
                exchange.sendResponseHeaders(response.statusCode(), response.statusCode() == 204 ? -1 : 0);
                copy(body, exchange.getResponseBody());
            }
        } catch (IOException e) {
            // one side has closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(exchange);
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (var header : exchange.getRequestHeaders().entrySet()) {
            if (isForwarded(header.getKey())) {
                List<String> values = header.getValue();
                values.forEach(value -> request.header(header.getKey(), value));
            }
        }
        return request.build();
    }

    private static boolean isForwarded(String name) {
        return !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":");
    }

    /** Flushes after each read, because a subscriber must get an event at once. */
    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            to.write(buffer, 0, length);
            to.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
