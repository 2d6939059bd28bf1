package finmicro.trade.outbox.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy of a queue server that answers some calls itself, as SQS or SNS does in an outage. */
final class FaultyQueues implements AutoCloseable {

    /** A response to a call. */
    record Answer(int status, String contentType, String body) {

        /** An error in the JSON protocol of SQS. */
        static Answer sqsError(int status, String code) {
            return new Answer(
                    status,
                    "application/x-amz-json-1.0",
                    "{\"__type\":\"com.amazonaws.sqs#" + code + "\",\"message\":\"refused by the test\"}");
        }

        /** An error in the query protocol of SNS. */
        static Answer snsError(int status, String code) {
            return new Answer(
                    status,
                    "text/xml",
                    "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>"
                            + code + "</Code><Message>refused by the test</Message></Error></ErrorResponse>");
        }
    }

    /** Returns the response to a call, or null to forward the call. */
    interface Fault {
        Answer answer(int batchSize, String body);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger calls = new AtomicInteger();
    private final URI target;
    private volatile Fault fault = (call, body) -> null;

    /** @param target the queue server; not called if the fault answers each call */
    FaultyQueues(URI target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Applies the fault to each later call that sends messages. The calls are counted from 1. */
    void breakWith(Fault next) {
        calls.set(0);
        fault = next;
    }

    /** Forwards all later calls. */
    void repair() {
        breakWith((call, body) -> null);
    }

    /** The number of calls that sent messages since the last change. */
    int calls() {
        return calls.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        String operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        boolean sends = operation.endsWith("SendMessageBatch") || text.contains("Action=PublishBatch");
        Answer answer = sends ? fault.answer(calls.incrementAndGet(), text) : null;
        if (answer == null) {
            answer = forward(exchange, body, operation);
        }
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer forward(HttpExchange exchange, byte[] body, String operation) throws IOException {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                            .header("X-Amz-Target", operation)
                            .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/json"),
                    response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
