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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSystem.class)
class HttpInputIT {

    private static final int REQUESTS = 2_000;
    private static final int CLIENTS = 8;
    private static final int VALID_OF_EACH = 20;
    private static final Duration DRAINED = Duration.ofSeconds(60);

    /** What an answer must not tell: stack traces, classes, and the message codes of the server. */
    private static final Pattern INSIDES =
            Pattern.compile("Exception|\\tat |finmicro\\.|java[.x]|jakarta\\.|com\\.ibm|org\\.jboss"
                    + "|io\\.openliberty|com\\.mysql|SRVE\\d|CW[A-Z]{3}\\d|RESTEASY\\d");

    /**
     * The server's own word about a path that it cannot decode. It is said before it is known which application is asked,
     * so that no error page of an application and no setting of the server changes it.
     */
    private static final Pattern UNDECODABLE = Pattern.compile("(<H1>|\\{\"error_message\" : \")"
            + "CWWWC0005I: The request URI has invalid or improperly encoded characters: \\[[^<>\"]*](</H1><BR>|\"})");

    /** A fault of the server's own before any application: over a path that climbs above the root inside a matrix parameter. */
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
    void whateverIsAskedIsAnsweredWithoutAFault(Service service) throws Exception {
        Random random = Seed.random("HttpInputIT " + service);
        OpenApi description = description(service);
        List<OpenApi.Operation> operations = description.operations();
        // The account of the examples: an operation on it may come before the one that opens it.
        trading.send(trading.request(Service.TRADE, "/trade/accounts/alice").PUT(HttpRequest.BodyPublishers.noBody()));
        long effects = effects();
        long faults = faults(service);

        List<Exchange> exchanges = exchange(service, HttpRequests.of(operations, REQUESTS, random));

        assertThat(exchanges).hasSizeGreaterThanOrEqualTo(REQUESTS);
        assertThat(exchanges).filteredOn(exchange -> !isInOrder(exchange)).isEmpty();
        assertThat(exchanges)
                .filteredOn(exchange -> !isAsDescribed(exchange, description))
                .isEmpty();
        assertThat(exchanges)
                .filteredOn(exchange -> exchange.answer().status() == 503)
                .hasSizeLessThan(REQUESTS / 50);
        operations.stream()
                .filter(operation -> !operation.method().equals("DELETE"))
                .forEach(operation -> assertThat(taken(operation, exchanges)).isGreaterThanOrEqualTo(VALID_OF_EACH));
        assertThat(effects()).isEqualTo(effects + caused(exchanges));
        assertThat(faults(service)).isEqualTo(faults);
        assertThat(spanNames(service)).isNotEmpty().allMatch(PRINTABLE.asMatchPredicate());
        assertEverythingStillWorks();
    }

    private OpenApi description(Service service) {
        return new OpenApi(trading.get(service, "/openapi?format=JSON").body());
    }

    /** Has several clients send the requests, each the next one that is left. */
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

    private static boolean isInOrder(Exchange exchange) {
        HttpAnswer answer = exchange.answer();
        if (exchange.request().expected() == Expected.UNREADABLE && isOfTheServer(answer)) {
            return true;
        }
        boolean head = exchange.request().call().method().equals("HEAD");
        return isStatusRight(exchange.request().expected(), status(exchange))
                && !INSIDES.matcher(answer.body() + answer.headers()).find()
                && (answer.status() < 400 || answer.isProblem(head));
    }

    /** A valid request is answered with what its operation says, and whatever is refused with a problem as described. */
    private static boolean isAsDescribed(Exchange exchange, OpenApi description) {
        Map<String, JsonNode> answers = exchange.request().operation().answers();
        HttpAnswer answer = exchange.answer();
        if (answer.header("Content-Type").startsWith("application/problem+json")) {
            return answer.body().isEmpty() || description.fits(answer.json(), answers.get("default"));
        }
        JsonNode described = answers.get(Integer.toString(answer.status()));
        return exchange.request().expected() != Expected.TAKEN
                || (described == null ? answer.body().isEmpty() : description.fits(answer.json(), described));
    }

    /** An entry that is refused is an outcome of a request that is taken. */
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
            case TAKEN -> status >= 200 && status < 300 || status == 503;
            case REFUSED -> status >= 400 && status < 500 || status == 503;
            case ANSWERED, UNREADABLE -> status >= 200 && status < 500 || status == 503;
        };
    }

    /**
     * What is no HTTP request never gets to an application: the server answers it with a bare status (505 where the first
     * line does not end with a version), with words of its own, or just hangs up.
     */
    private static boolean isOfTheServer(HttpAnswer answer) {
        return switch (answer.status()) {
            case 0, 400, 505 ->
                answer.body().isEmpty() || UNDECODABLE.matcher(answer.body()).matches();
            case 500 -> OWN_FAULT.matcher(answer.body()).matches();
            default -> false;
        };
    }

    private static long taken(OpenApi.Operation operation, List<Exchange> exchanges) {
        return exchanges.stream()
                .filter(exchange -> exchange.request().expected() == Expected.TAKEN)
                .filter(exchange -> exchange.request().operation().equals(operation))
                .filter(exchange -> exchange.answer().status() < 300)
                .count();
    }

    /** Orders that are stored, and settlements under the numbers made up here. */
    private long effects() {
        return trading.number("StockTrade", "SELECT COUNT(*) FROM trades")
                + trading.number(
                        "StockBalance",
                        "SELECT COUNT(*) FROM stock_moves WHERE trade_no >= " + HttpRequests.FIRST_TRADE_NO);
    }

    /** How many of them must be there: an order is answered with its place, a settlement with 200, all under new numbers. */
    private static long caused(List<Exchange> exchanges) {
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

    /** Lines of the service's log that tell of a fault in its own code. */
    private long faults(Service service) throws IOException {
        try (var lines = Files.lines(system.server(service).log(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("request.failed") || line.startsWith("\tat finmicro."))
                    .count();
        }
    }

    /** The names of all spans of the service that have come to Zipkin. */
    private List<String> spanNames(Service service) {
        URI names = system.zipkin().uri().resolve("/api/v2/spans?serviceName=" + service.artifact());
        List<String> all = new ArrayList<>();
        trading.send(HttpRequest.newBuilder(names)).body().forEach(name -> all.add(name.asText()));
        return all;
    }

    /** Leaves nothing on its way, so that the next test begins with a system at rest. */
    private void assertEverythingStillWorks() {
        trading.awaitDone(trading.place(Trading.order("BUY", "0", "100", 1)));
        await().atMost(DRAINED)
                .until(() -> EmbeddedQueues.QUEUES.stream().allMatch(queue -> trading.queued(queue) == 0));
        await().atMost(DRAINED).until(() -> trading.undone().isEmpty());
        await().atMost(DRAINED).untilAsserted(() -> assertThat(trading.audit()).matches(Trading.Audit::isExact));
        for (Service service : Service.values()) {
            assertThat(trading.get(service, "/health/ready").status()).isEqualTo(200);
        }
    }
}
