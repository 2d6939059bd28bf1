package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.embedded.EmbeddedQueues;
import finmicro.local.Service;
import finmicro.system.HttpRequests.Expected;
import finmicro.system.HttpRequests.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class HttpInputIT {

    private static final int REQUESTS = 2_000;
    private static final int CLIENTS = 8;
    private static final int VALID_OF_EACH = 20;
    private static final Duration DRAINED = Duration.ofSeconds(60);

    /** Must not occur in a response: stack traces, class names, and message codes of the server. */
    private static final Pattern INTERNALS =
            Pattern.compile("Exception|\\tat |finmicro\\.|java[.x]|jakarta\\.|com\\.ibm|org\\.jboss"
                    + "|io\\.openliberty|com\\.mysql|SRVE\\d|CW[A-Z]{3}\\d|RESTEASY\\d");

    /**
     * The server's own response to a path that it cannot decode. It is sent before an application is selected, so neither error
     * pages nor settings can change it.
     */
    private static final Pattern UNDECODABLE = Pattern.compile("(<H1>|\\{\"error_message\" : \")"
            + "CWWWC0005I: The request URI has invalid or improperly encoded characters: \\[[^<>\"]*](</H1><BR>|\"})");

    /** A bug of the server before any application is called: a matrix parameter with a path above the root. */
    private static final Pattern OWN_FAULT =
            Pattern.compile("<H1>SRVE0232E: Internal Server Error. <br> Exception Message:"
                    + " \\[begin \\d+, end \\d+, length \\d+]</H1><BR><H3>begin \\d+, end \\d+, length \\d+</H3><BR>");

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private record Exchange(Request request, HttpAnswer answer) {

        @Override
        public String toString() {
            return request.expected() + " " + request.what() + "\n  " + request.call() + "\n  -> " + answer;
        }
    }

    private static final Set<String> SETTLEMENTS = Set.of("/balance", "/balance/batch");

    private final TradingSystem system;
    private final Trading trading;

    HttpInputIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void noRequestCausesAFault(Service service) throws Exception {
        Random random = Seed.random("HttpInputIT " + service);
        OpenApi description = description(service);
        List<OpenApi.Operation> operations = description.operations();
        // Opens the account of the examples, because an operation on it may precede the one that opens it.
        trading.send(trading.request(Service.TRADE, "/trade/accounts/alice").PUT(HttpRequest.BodyPublishers.noBody()));
        long effects = effects();
        long faults = faults(service);

        List<Exchange> exchanges = exchange(service, HttpRequests.of(operations, REQUESTS, random));

        assertThat(exchanges).hasSizeGreaterThanOrEqualTo(REQUESTS);
        assertThat(exchanges).filteredOn(exchange -> !isCorrect(exchange)).isEmpty();
        assertThat(exchanges)
                .filteredOn(exchange -> !isAsDescribed(exchange, description))
                .isEmpty();
        assertThat(exchanges)
                .filteredOn(exchange -> exchange.answer().status() == 503)
                .hasSizeLessThan(REQUESTS / 50);
        operations.stream()
                .filter(operation -> !operation.method().equals("DELETE"))
                .forEach(operation -> assertThat(accepted(operation, exchanges)).isGreaterThanOrEqualTo(VALID_OF_EACH));
        assertThat(effects()).isEqualTo(effects + expectedEffects(exchanges));
        assertThat(faults(service)).isEqualTo(faults);
        assertThat(spanNames(service)).isNotEmpty().allMatch(PRINTABLE.asMatchPredicate());
        assertEverythingStillWorks();
    }

    private OpenApi description(Service service) {
        return new OpenApi(trading.get(service, "/openapi?format=JSON").body());
    }

    /** Sends the requests from several clients in parallel. */
    private List<Exchange> exchange(Service service, List<Request> requests) throws Exception {
        int port = system.server(service).uri().getPort();
        Queue<Request> left = new ConcurrentLinkedQueue<>(requests);
        Callable<List<Exchange>> client = () -> {
            List<Exchange> exchanges = new ArrayList<>();
            for (Request next = left.poll(); next != null; next = left.poll()) {
                exchanges.add(new Exchange(next, next.call().send(port)));
            }
            return exchanges;
        };
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Exchange> all = new ArrayList<>();
            for (Future<List<Exchange>> one : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                all.addAll(one.get());
            }
            return all;
        } finally {
            clients.shutdownNow();
        }
    }

    private static boolean isCorrect(Exchange exchange) {
        HttpAnswer answer = exchange.answer();
        if (exchange.request().expected() == Expected.MALFORMED && isOfTheServer(answer)) {
            return true;
        }
        boolean head = exchange.request().call().method().equals("HEAD");
        return isStatusRight(exchange.request().expected(), status(exchange))
                && !INTERNALS.matcher(answer.body() + answer.headers()).find()
                && (answer.status() < 400 || answer.isProblem(head));
    }

    /** Checks that a valid request gets a response as described, and a refused one a problem as described. */
    private static boolean isAsDescribed(Exchange exchange, OpenApi description) {
        Map<String, JsonNode> answers = exchange.request().operation().answers();
        HttpAnswer answer = exchange.answer();
        if (answer.header("Content-Type").startsWith("application/problem+json")) {
            return answer.body().isEmpty() || description.matches(answer.json(), answers.get("default"));
        }
        JsonNode described = answers.get(Integer.toString(answer.status()));
        return exchange.request().expected() != Expected.ACCEPTED
                || (described == null ? answer.body().isEmpty() : description.matches(answer.json(), described));
    }

    /** The status of an entry is in the body of a successful response. */
    private static int status(Exchange exchange) {
        HttpAnswer answer = exchange.answer();
        boolean entries = exchange.request().operation().path().equals("/balance/entries")
                && exchange.request().call().method().equals("POST");
        return entries && answer.status() == 200
                ? answer.json().at("/outcomes/0/status").asInt()
                : answer.status();
    }

    private static boolean isStatusRight(Expected expected, int status) {
        return switch (expected) {
            case ACCEPTED -> status >= 200 && status < 300 || status == 503;
            case REFUSED -> status >= 400 && status < 500 || status == 503;
            case ANY, MALFORMED -> status >= 200 && status < 500 || status == 503;
        };
    }

    /**
     * An invalid HTTP message never reaches an application: the server responds with an empty body (505 if the first line does
     * not end with a version) or its own text, or closes the connection.
     */
    private static boolean isOfTheServer(HttpAnswer answer) {
        return switch (answer.status()) {
            case 0, 400, 505 ->
                answer.body().isEmpty() || UNDECODABLE.matcher(answer.body()).matches();
            case 500 -> OWN_FAULT.matcher(answer.body()).matches();
            default -> false;
        };
    }

    private static long accepted(OpenApi.Operation operation, List<Exchange> exchanges) {
        return exchanges.stream()
                .filter(exchange -> exchange.request().expected() == Expected.ACCEPTED)
                .filter(exchange -> exchange.request().operation().equals(operation))
                .filter(exchange -> exchange.answer().status() < 300)
                .count();
    }

    /** Number of stored orders, and of settlements under the generated numbers. */
    private long effects() {
        return trading.number("StockTrade", "SELECT COUNT(*) FROM trades")
                + trading.number(
                        "StockBalance",
                        "SELECT COUNT(*) FROM stock_moves WHERE trade_no >= " + HttpRequests.FIRST_TRADE_NO);
    }

    /** Expected number of effects: an order gets a 201 with its location, a settlement a 200, all with new numbers. */
    private static long expectedEffects(List<Exchange> exchanges) {
        Stream<String> orders = exchanges.stream()
                .filter(exchange -> exchange.answer().status() == 201)
                .filter(exchange -> exchange.request().operation().path().equals("/trade/order"))
                .map(exchange -> exchange.answer().header("Location"))
                .distinct();
        Stream<Exchange> settlements = exchanges.stream()
                .filter(exchange -> exchange.request().call().method().equals("POST"))
                .filter(exchange ->
                        SETTLEMENTS.contains(exchange.request().operation().path()))
                .filter(exchange -> exchange.answer().status() == 200);
        return orders.count() + settlements.count();
    }

    /** Number of log lines of the service that report a fault in its code. */
    private long faults(Service service) throws IOException {
        try (var lines = Files.lines(system.server(service).log(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("request.failed") || line.startsWith("\tat finmicro."))
                    .count();
        }
    }

    /** Names of all spans of the service received by Zipkin. */
    private List<String> spanNames(Service service) {
        URI names = system.zipkin().uri().resolve("/api/v2/spans?serviceName=" + service.artifact());
        List<String> all = new ArrayList<>();
        trading.send(HttpRequest.newBuilder(names)).body().forEach(name -> all.add(name.asText()));
        return all;
    }

    /** Waits until nothing is in flight, so that the next test starts with an idle system. */
    private void assertEverythingStillWorks() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        await().atMost(DRAINED)
                .until(() -> EmbeddedQueues.QUEUES.stream().allMatch(queue -> trading.queued(queue) == 0));
        await().atMost(DRAINED).until(() -> trading.notDone().isEmpty());
        await().atMost(DRAINED).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
        for (Service service : Service.values()) {
            assertThat(trading.get(service, "/health/ready").status()).isEqualTo(200);
        }
    }
}
