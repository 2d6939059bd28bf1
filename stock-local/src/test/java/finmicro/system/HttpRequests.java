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
 * Makes requests out of the description of one service: valid ones, each with one thing wrong, and then some with several
 * things changed at random.
 */
final class HttpRequests {

    /** What must become of a request. */
    enum Expected {
        /** It is valid: 2xx. */
        TAKEN,
        /** It is not what the description says: 4xx. */
        REFUSED,
        /** It is odd, and may be either. */
        ANSWERED,
        /** It is no HTTP request: the server may refuse it before any application sees it. */
        UNREADABLE
    }

    /**
     * One request.
     *
     * @param what is special about it, for the message of a test that fails
     */
    record Request(OpenApi.Operation operation, String what, Expected expected, HttpCall call) {}

    /** Settlements are made up under numbers that stock-trade never gets to: under others they would pre-empt trades. */
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
     * @param atLeast how many for the whole service
     * @return in a random order
     */
    static List<Request> of(List<OpenApi.Operation> operations, int atLeast, Random random) {
        HttpRequests made = new HttpRequests(random);
        operations.forEach(made::systematic);
        while (made.requests.size() < atLeast) {
            made.mixed(operations.get(random.nextInt(operations.size())));
        }
        Collections.shuffle(made.requests, random);
        return made.requests;
    }

    private void systematic(OpenApi.Operation operation) {
        // There is nothing to delete under numbers made up here.
        Expected expected = operation.method().equals("DELETE") ? Expected.ANSWERED : Expected.TAKEN;
        for (int i = 0; i < VALID; i++) {
            add(operation, "valid", expected, valid(operation));
        }
        operation.parameters().forEach(parameter -> wrong(operation, parameter));
        if (operation.example() != null) {
            damaged(operation);
            beyondBounds(operation);
            encoded(operation);
        }
        methods(operation);
        HostileHttp.ODD.forEach(
                (what, change) -> add(operation, what, Expected.ANSWERED, change.apply(seldomValid(operation))));
        HostileHttp.UNREADABLE.forEach(
                (what, change) -> add(operation, what, Expected.UNREADABLE, change.apply(seldomValid(operation))));
    }

    private void add(OpenApi.Operation operation, String what, Expected expected, HttpCall call) {
        requests.add(new Request(operation, what, expected, call));
    }

    /** As the description says, with its examples. */
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

    /** What is changed under a number in the path, or under a key, gets numbers of its own. */
    private String example(OpenApi.Operation operation, OpenApi.Parameter parameter) {
        if (parameter.name().equals("Idempotency-Key")) {
            return "key-" + nextTradeNo++;
        }
        return parameter.name().equals("tradeNo") && !operation.method().equals("GET")
                ? Long.toString(nextTradeNo++)
                : parameter.example();
    }

    /** The same, but mostly without the effect that a valid body has. */
    private HttpCall seldomValid(OpenApi.Operation operation) {
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
            // A path without it is another one, and one with %00 or the like is none, nor one above the root.
            if (!parameter.in().equals("path") || !value.isEmpty() && !value.matches("(?s).*(%0|\\.\\.%2F).*")) {
                wrong(operation, parameter, value, Expected.ANSWERED);
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

    private void damaged(OpenApi.Operation operation) {
        for (HostileJson.Damaged damaged : HostileJson.all(body(operation), random)) {
            // A reference is a text of the customer's own.
            Expected expected = damaged.what().startsWith("/reference") ? Expected.ANSWERED : Expected.REFUSED;
            add(operation, damaged.what(), expected, valid(operation).withBody(damaged.json()));
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
                            Expected.ANSWERED,
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
            add(operation, "no UTF-8", Expected.REFUSED, valid(operation).withBody(body));
        }
        byte[] noise = new byte[500];
        random.nextBytes(noise);
        add(operation, "noise", Expected.REFUSED, valid(operation).withBody(noise));
    }

    private void methods(OpenApi.Operation operation) {
        for (String method : HostileHttp.METHODS) {
            add(operation, "method", Expected.ANSWERED, seldomValid(operation).withMethod(method));
        }
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "BREW", "get\u00ff")) {
            if (!operation.siblings().contains(method)) {
                add(
                        operation,
                        "method",
                        Expected.REFUSED,
                        seldomValid(operation).withMethod(method));
            }
        }
    }

    /** Different changes: the same one several times over adds up beyond what the server itself takes, as 600 headers do. */
    private void mixed(OpenApi.Operation operation) {
        HttpCall call = seldomValid(operation);
        List<String> changes = random.ints(0, KINDS.size())
                .distinct()
                .limit(2 + random.nextInt(3))
                .mapToObj(KINDS::get)
                .toList();
        for (String change : changes) {
            call = HostileHttp.ODD.get(change).apply(call);
        }
        add(operation, "mixed: " + String.join(", ", changes), Expected.ANSWERED, call);
    }
}
