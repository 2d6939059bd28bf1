package finmicro.system;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mutations of a valid JSON object, as by careless or malicious clients. Each result is invalid for every request body of this
 * system.
 */
final class HostileJson {

    /**
     * A mutated, invalid object.
     *
     * @param what the mutation, for failure messages
     */
    record Mutation(String what, String json) {}

    /** Texts that are not a valid code, date, number or name. */
    static final List<String> TEXTS = List.of(
            " ",
            "x",
            "null",
            "a002",
            "A002 ",
            "A002\u0000",
            "A002\n",
            "\uff21\uff10\uff10\uff12", // A002 in full width
            "\u0661\u0661:25:00", // in Arabic digits
            "\u202e200A", // from right to left
            "\ud83d\ude00\u0301\u200b\ufeff",
            "A002' OR '1'='1",
            "'; DROP TABLE trades; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/x}",
            "%s%n%x {0} #{7*7}",
            "../../../etc/passwd",
            "x".repeat(20_000));

    /** Too large, too small or too precise for every field, and mostly for a double too. */
    private static final List<String> NUMBERS = List.of(
            "1e999999999",
            "-1e999999999",
            "1e2147483647",
            "100e2147483647",
            "1e2147483648",
            "1e-2147483648",
            "-1e99999999999999999999",
            "1" + "0".repeat(400),
            "-" + "9".repeat(50),
            "1E-400",
            "0.00000001");

    private static final List<String> INVALID_VALUES = List.of(
            "NaN",
            "-Infinity",
            "01",
            "+1",
            ".5",
            "1.",
            "0x1F",
            "undefined",
            "True",
            "'x'",
            "\"\\x\"",
            "\"\t\"",
            "\"",
            "1,",
            "{]",
            "");

    private static final List<String> NOT_OBJECTS = List.of(
            " ",
            "null",
            "[]",
            "7",
            "\"x\"",
            "nope",
            "{",
            "<order/>",
            "tradeNo=1&stockCode=A002",
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
            "[".repeat(5_000) + "]".repeat(5_000));

    /** Fields that accept decimals. All other numbers are integers. */
    private static final Set<String> DECIMAL = Set.of("orderPrice", "contractPrice", "price");

    /** Fields that accept any text. */
    private static final Set<String> FREE = Set.of("stockName", "traceparent");

    /** The only field that may be missing or null. */
    private static final String OPTIONAL = "traceparent";

    private static final String MARK = "@@";

    private HostileJson() {}

    /** All mutations of the object. It is truncated at a random position. */
    static List<Mutation> all(ObjectNode good, Random random) {
        List<Mutation> all = new ArrayList<>();
        NOT_OBJECTS.forEach(text -> all.add(new Mutation("not an object: " + brief(text), text)));
        String json = good.toString();
        wholeObject(json, random).forEach((what, text) -> all.add(new Mutation(what, text)));
        for (JsonPointer field : fields(good, JsonPointer.empty())) {
            String name = field.last().getMatchingProperty();
            if (!OPTIONAL.equals(name)) {
                all.add(new Mutation(field + " missing", without(good, field)));
                all.add(new Mutation(field + " = null", with(good, field, "null")));
            }
            for (String value : wrong(name, good.at(field))) {
                all.add(new Mutation(field + " = " + brief(value), with(good, field, value)));
            }
        }
        return all;
    }

    private static Map<String, String> wholeObject(String json, Random random) {
        String open = json.substring(0, json.length() - 1);
        String first = json.substring(1, json.indexOf(':') + 1);
        Map<String, String> mutations = new LinkedHashMap<>();
        mutations.put("truncated", json.substring(0, 1 + random.nextInt(json.length() - 1)));
        mutations.put("extra brace", json + "}");
        mutations.put("trailing text", json + " x");
        mutations.put("twice", json + json);
        mutations.put("in an array", "[" + json + "]");
        mutations.put("as a string", TextNode.valueOf(json).toString());
        mutations.put("duplicate field", open + "," + first + "1}");
        mutations.put("extra comma", open + ",}");
        mutations.put("with a comment", "/* x */" + json);
        mutations.put("in single quotes", json.replace('"', '\''));
        mutations.put("without quotes", json.replace("\"", ""));
        mutations.put(
                "deep arrays in an extra field", open + ",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        mutations.put(
                "deep objects in an extra field", open + ",\"x\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001));
        mutations.put("a huge exponent in an extra field", open + ",\"x\":1e2147483648}");
        mutations.put("many objects for the first field", "{" + first + "[{}" + ",{}".repeat(20_000) + "]}");
        return mutations;
    }

    /** Every field, including nested ones. */
    private static List<JsonPointer> fields(JsonNode node, JsonPointer at) {
        List<JsonPointer> fields = new ArrayList<>();
        node.properties().forEach(field -> {
            JsonPointer pointer = at.appendProperty(field.getKey());
            fields.add(pointer);
            fields.addAll(fields(field.getValue(), pointer));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            fields.addAll(fields(node.get(i), at.appendIndex(i)));
        }
        return fields;
    }

    private static List<String> wrong(String field, JsonNode good) {
        Stream<String> ofItsType = Stream.empty();
        if (good.isTextual()) {
            ofItsType = Stream.concat(Stream.of("7", "true"), FREE.contains(field) ? Stream.empty() : texts());
        } else if (good.isNumber()) {
            Stream<String> fractions = Stream.of(good + ".0", good + ".5", good + "e0", "9223372036854775808");
            ofItsType = Stream.concat(
                    Stream.of(TextNode.valueOf(good.asText()).toString(), "true", "\"\""),
                    DECIMAL.contains(field) ? Stream.of("-1", "0", "0.00001") : fractions);
        } else if (good.isBoolean()) {
            ofItsType = Stream.of("1", "\"true\"", "\"\"");
        }
        Stream<String> ofAnyType = Stream.of("{}", "[]", "[null]", "[[[]]]");
        return Stream.of(ofAnyType, NUMBERS.stream(), INVALID_VALUES.stream(), ofItsType)
                .flatMap(values -> values)
                .toList();
    }

    private static Stream<String> texts() {
        return Stream.concat(
                Stream.of("\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\""),
                TEXTS.stream().map(text -> TextNode.valueOf(text).toString()));
    }

    /** Returns the object with the value of a field replaced by a text, which may be invalid JSON. */
    static String with(ObjectNode good, JsonPointer field, String value) {
        ObjectNode changed = good.deepCopy();
        parent(changed, field).put(field.last().getMatchingProperty(), MARK);
        return changed.toString().replace("\"" + MARK + "\"", value);
    }

    private static String without(ObjectNode good, JsonPointer field) {
        ObjectNode changed = good.deepCopy();
        parent(changed, field).remove(field.last().getMatchingProperty());
        return changed.toString();
    }

    private static ObjectNode parent(ObjectNode root, JsonPointer field) {
        return (ObjectNode) root.at(field.head());
    }

    private static String brief(String text) {
        return text.length() <= 30 ? text : text.substring(0, 30) + "... (" + text.length() + ")";
    }
}
