package finmicro.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.zip.GZIPInputStream;

/** Receives what telemetry exporters post, on a free port of 127.0.0.1. */
public final class HttpIntake implements AutoCloseable {

    /** Handles a posted request. */
    public interface Taker {

        /**
         * Handles one request.
         *
         * @param path of the request
         * @param body uncompressed
         * @return the response status
         * @throws IOException if the request fails; the response is 503
         */
        int take(String path, InputStream body) throws IOException;
    }

    private final HttpServer server;

    /** Starts to listen. */
    public HttpIntake(Taker taker) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> answer(exchange, taker));
        server.start();
    }

    private static void answer(HttpExchange exchange, Taker taker) throws IOException {
        int status;
        try (var body = uncompressed(exchange)) {
            status = taker.take(exchange.getRequestURI().getPath(), body);
        } catch (IOException e) {
            status = 503;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static InputStream uncompressed(HttpExchange exchange) throws IOException {
        var gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    /** Its address, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
