package finmicro.system;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import finmicro.local.LibertyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A page of another origin, and the requests it makes a browser send. They pass a relay, because browsers do not reveal the
 * response to a beacon or to a request in a sandboxed frame.
 */
final class ForeignPage implements AutoCloseable {

    /** Bodies of JavaScript functions with the parameters url and body. */
    static final List<String> WAYS = List.of(
            "fetch(url, {method: 'POST', mode: 'no-cors', body: new Blob([body])});",
            "navigator.sendBeacon(url, new Blob([body]));",
            """
            const frame = document.createElement('iframe');
            frame.sandbox = 'allow-scripts';
            const request = `{method: 'POST', mode: 'no-cors', body: new Blob([${JSON.stringify(body)}])}`;
            frame.srcdoc = `<script>fetch(${JSON.stringify(url)}, ${request})</` + 'script>';
            document.body.append(frame);
            """,
            """
            const frame = document.createElement('iframe');
            frame.sandbox = 'allow-forms allow-scripts';
            const form = `<form method="post" enctype="text/plain" action="${url}"><input name="x"></form>`;
            frame.srcdoc = form + '<script>document.forms[0].submit()</' + 'script>';
            document.body.append(frame);
            """);

    private static final List<String> FORWARDED = List.of("Origin", "Content-Type", "Sec-Fetch-Site", "Sec-Fetch-Mode");
    private static final int TIMEOUT_SECONDS = 20;

    private final HttpServer page = server();
    private final HttpServer relay = server();
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Integer> statuses = new ArrayBlockingQueue<>(1);
    private volatile URI target;

    ForeignPage() throws IOException {
        page.createContext("/", exchange -> answer(exchange, 200, "<!doctype html><title>x</title><body></body>"));
        relay.createContext("/", this::forward);
        page.start();
        relay.start();
    }

    private static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    String address() {
        return "http://127.0.0.1:" + page.getAddress().getPort() + "/";
    }

    /** Makes the page send a POST to a service, and returns the status of the response. */
    int send(Page browser, String way, LibertyServer service, String path, String body) throws InterruptedException {
        target = service.uri();
        String url = "http://127.0.0.1:" + relay.getAddress().getPort() + path;
        browser.evaluate("({url, body}) => { " + way + " }", Map.of("url", url, "body", body));
        Integer status = statuses.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (status == null) {
            throw new IllegalStateException("the browser sent no request: " + way);
        }
        return status;
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        FORWARDED.forEach(name -> {
            if (exchange.getRequestHeaders().containsKey(name)) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
        });
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer(exchange, response.statusCode(), response.body());
            statuses.add(response.statusCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        page.stop(0);
        relay.stop(0);
    }
}
