package finmicro.system;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Generates requests from the description of one service: valid ones, ones with a single fault, and ones with several random
 * mutations.
 */
final class HttpRequests {

    /** The expected response to a request. */
    enum Expected {
        /** A valid request: 2xx. */
        ACCEPTED,
        /** Violates the description: 4xx. */
        REFUSED,
        /** Unusual: 2xx or 4xx. */
        ANY,
        /** Not a valid HTTP message: the server may refuse it before any application sees it. */
        MALFORMED
    }

    /**
     * One request.
     *
     * @param what description, for failure messages
     */
    record Request(OpenApi.Operation operation, String what, Expected expected, HttpCall call) {}

    /**
     * Generated settlements have numbers far above those of stock-trade, because they would block the settlement of its trades.
     */
    static final long FIRST_TRADE_NO = 1_000_000_000_000L;

    private static final int VALID = 25;

    private static final List<String> HOSTILE_VALUES = Stream.concat(
                    Stream.of("", "%FF", "%ED%A0%80", "1e999999999", "9".repeat(400), "-1", "0"),
                    HostileJson.TEXTS.stream().map(HttpRequests::encoded))
            .toList();

    private static final List<String> KINDS = List.copyOf(HostileHttp.ODD.keySet());

    private final Random random;
    private final List<Request> requests = new ArrayList<>();
    private long nextTradeNo = FIRST_TRADE_NO;

    private HttpRequests(Random random) {
        this.random = random;
    }

    /**
     * @param atLeast minimum number of requests for the whole service
     * @return in a random order
     */
    static List<Request> of(List<OpenApi.Operation> operations, int atLeast, Random random) {
        HttpRequests generated = new HttpRequests(random);
        operations.forEach(generated::systematic);
        while (generated.requests.size() < atLeast) {
            generated.mixed(operations.get(random.nextInt(operations.size())));
        }
        Collections.shuffle(generated.requests, random);
        return generated.requests;
    }

    private void systematic(OpenApi.Operation operation) {
        // The generated numbers have nothing to delete.
        Expected expected = operation.method().equals("DELETE") ? Expected.ANY : Expected.ACCEPTED;
        for (int i = 0; i < VALID; i++) {
            add(operation, "valid", expected, valid(operation));
        }
        operation.parameters().forEach(parameter -> wrong(operation, parameter));
        if (operation.example() != null) {
            mutated(operation);
            beyondBounds(operation);
            encoded(operation);
        }
        methods(operation);
        HostileHttp.ODD.forEach(
                (what, change) -> add(operation, what, Expected.ANY, change.apply(mostlyInvalid(operation))));
        HostileHttp.MALFORMED.forEach(
                (what, change) -> add(operation, what, Expected.MALFORMED, change.apply(mostlyInvalid(operation))));
    }

    private void add(OpenApi.Operation operation, String what, Expected expected, HttpCall call) {
        requests.add(new Request(operation, what, expected, call));
    }

    /** A valid request with the examples of the description. */
    private HttpCall valid(OpenApi.Operation operation) {
        HttpCall call = new HttpCall(operation.method(), operation.path(), "", List.of(), null);
        for (OpenApi.Parameter parameter : operation.parameters()) {
            if (parameter.required() || parameter.example() != null && random.nextBoolean()) {
                call = with(call, parameter, encoded(example(operation, parameter)));
            }
        }
        return operation.example() == null
                ? call
                : call.withBody(body(operation).toString());
    }

    /** Generates a new number for an operation that changes something by number or key. */
    private String example(OpenApi.Operation operation, OpenApi.Parameter parameter) {
        if (parameter.name().equals("Idempotency-Key")) {
            return "key-" + nextTradeNo++;
        }
        return parameter.name().equals("tradeNo") && !operation.method().equals("GET")
                ? Long.toString(nextTradeNo++)
                : parameter.example();
    }

    /** Like {@link #valid}, but mostly without a valid body, so without an effect. */
    private HttpCall mostlyInvalid(OpenApi.Operation operation) {
        HttpCall call = valid(operation);
        return operation.example() == null || random.nextInt(4) == 0 ? call : call.withBody("{}");
    }

    private ObjectNode body(OpenApi.Operation operation) {
        ObjectNode body = operation.example().deepCopy();
        body.findParents("tradeNo").forEach(trade -> ((ObjectNode) trade).put("tradeNo", nextTradeNo++));
        body.findParents("key").forEach(entry -> {
            String account = "customer-" + nextTradeNo++;
            ((ObjectNode) entry).put("key", "opening-" + account).put("account", account);
        });
        return body;
    }

    private static HttpCall with(HttpCall call, OpenApi.Parameter parameter, String value) {
        return switch (parameter.in()) {
            case "path" -> call.withPath(call.path().replace("{" + parameter.name() + "}", value));
            case "query" -> call.withQuery(parameter.name() + "=" + value);
            default -> call.withHeader(parameter.name() + ": " + value);
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void wrong(OpenApi.Operation operation, OpenApi.Parameter parameter) {
        OpenApi.Operation without = operation.without(parameter);
        if (parameter.required() && !parameter.in().equals("path")) {
            add(operation, parameter.name() + " missing", Expected.REFUSED, valid(without));
        }
        for (String value : HOSTILE_VALUES) {
            // An empty value changes the path to another one. Paths with %00 and the like, or above the root, are
            // malformed.
            if (!parameter.in().equals("path") || !value.isEmpty() && !value.matches("(?s).*(%0|\\.\\.%2F).*")) {
                wrong(operation, parameter, value, Expected.ANY);
            }
        }
        beyond(parameter.schema()).forEach(value -> wrong(operation, parameter, value, Expected.REFUSED));
        if (parameter.schema().path("type").asText().equals("integer")) {
            wrong(operation, parameter, "x", Expected.REFUSED);
        }
    }

    private void wrong(OpenApi.Operation operation, OpenApi.Parameter parameter, String value, Expected expected) {
        String what = parameter.name() + "=" + value.substring(0, Math.min(40, value.length()));
        add(operation, what, expected, with(valid(operation.without(parameter)), parameter, value));
    }

    private static List<String> beyond(JsonNode schema) {
        List<String> values = new ArrayList<>();
        if (schema.has("minimum")) {
            values.add(schema.path("minimum")
                    .decimalValue()
                    .subtract(BigDecimal.ONE)
                    .toPlainString());
        }
        if (schema.has("exclusiveMinimum")) {
            values.add(schema.path("exclusiveMinimum").asText());
        }
        if (schema.has("maximum")) {
            values.add(schema.path("maximum").decimalValue().add(BigDecimal.ONE).toPlainString());
        }
        return values;
    }

    private void mutated(OpenApi.Operation operation) {
        for (HostileJson.Mutation mutated : HostileJson.all(body(operation), random)) {
            // A reference may be any text.
            Expected expected = mutated.what().startsWith("/reference") ? Expected.ANY : Expected.REFUSED;
            add(operation, mutated.what(), expected, valid(operation).withBody(mutated.json()));
        }
        add(operation, "no body", Expected.REFUSED, valid(operation).withBody((byte[]) null));
        add(operation, "empty body", Expected.REFUSED, valid(operation).withBody(""));
        String large = body(operation).put("note", "x".repeat(64 * 1024)).toString();
        add(operation, "over 64 KiB", Expected.REFUSED, valid(operation).withBody(large));
    }

    private void beyondBounds(OpenApi.Operation operation) {
        operation.fields().forEach((name, schema) -> {
            JsonPointer field = JsonPointer.empty().appendProperty(name);
            beyond(schema)
                    .forEach(value -> add(
                            operation,
                            name + " = " + value,
                            Expected.REFUSED,
                            valid(operation).withBody(HostileJson.with(body(operation), field, value))));
            List.of("minimum", "maximum")
                    .forEach(bound -> add(
                            operation,
                            name + " at its " + bound,
                            Expected.ANY,
                            valid(operation).withBody(at(operation, name, schema.path(bound)))));
        });
    }

    private String at(OpenApi.Operation operation, String field, JsonNode bound) {
        ObjectNode body = body(operation);
        return bound.isMissingNode() ? body.toString() : body.set(field, bound).toString();
    }

    private void encoded(OpenApi.Operation operation) {
        for (String charset : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32")) {
            byte[] body = body(operation).toString().getBytes(Charset.forName(charset));
            add(operation, charset, Expected.REFUSED, valid(operation).withBody(body));
        }
        add(operation, "with a BOM", Expected.REFUSED, valid(operation).withBody("\ufeff" + body(operation)));
        for (String bytes :
                List.of("\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080", "\u00e3")) {
            byte[] body = body(operation).put("note", bytes).toString().getBytes(StandardCharsets.ISO_8859_1);
            add(operation, "not UTF-8", Expected.REFUSED, valid(operation).withBody(body));
        }
        byte[] noise = new byte[500];
        random.nextBytes(noise);
        add(operation, "noise", Expected.REFUSED, valid(operation).withBody(noise));
    }

    private void methods(OpenApi.Operation operation) {
        for (String method : HostileHttp.METHODS) {
            add(operation, "method", Expected.ANY, mostlyInvalid(operation).withMethod(method));
        }
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "BREW", "get\u00ff")) {
            if (!operation.siblings().contains(method)) {
                add(
                        operation,
                        "method",
                        Expected.REFUSED,
                        mostlyInvalid(operation).withMethod(method));
            }
        }
    }

    /** Combines different mutations. Repeating one could exceed the limits of the server itself, e.g. 600 headers. */
    private void mixed(OpenApi.Operation operation) {
        HttpCall call = mostlyInvalid(operation);
        List<String> changes = random.ints(0, KINDS.size())
                .distinct()
                .limit(2 + random.nextInt(3))
                .mapToObj(KINDS::get)
                .toList();
        for (String change : changes) {
            call = HostileHttp.ODD.get(change).apply(call);
        }
        add(operation, "mixed: " + String.join(", ", changes), Expected.ANY, call);
    }
}
