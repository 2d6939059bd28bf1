package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Validates values against the schema of their type. A function call is valid for any value; both branches of {@code Fn::If}
 * are checked.
 */
final class PropertyCheck {

    private static final JsonNode TAG = tag();

    private final ResourceSchemas schemas;
    private final List<String> errors = new ArrayList<>();

    private PropertyCheck(ResourceSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Validates the properties of a resource. Returns errors such as {@code Queue.Tags[0].Value: missing}.
     *
     * @param properties an object, or missing
     * @param schema the type's properties, by name
     */
    static List<String> errors(ResourceSchemas schemas, JsonNode properties, JsonNode schema, String path) {
        var check = new PropertyCheck(schemas);
        check.structure(properties.isMissingNode() ? JsonNodeFactory.instance.objectNode() : properties, schema, path);
        return check.errors;
    }

    private static JsonNode tag() {
        var tag = JsonNodeFactory.instance.objectNode();
        for (var name : List.of("Key", "Value")) {
            tag.putObject(name).put("required", true).putObject("type").put("type", "string");
        }
        return tag;
    }

    private void structure(JsonNode value, JsonNode schema, String path) {
        if (!value.isObject()) {
            wrongType(value, "a map", path);
            return;
        }
        value.properties().forEach(property -> {
            var name = path + "." + property.getKey();
            if (schema.has(property.getKey())) {
                value(property.getValue(), schema.get(property.getKey()).path("type"), name);
            } else {
                errors.add(name + ": unknown");
            }
        });
        schema.properties().forEach(property -> {
            if (property.getValue().path("required").asBoolean()
                    && Intrinsic.mayBeAbsent(value.get(property.getKey()))) {
                errors.add(path + "." + property.getKey() + ": missing");
            }
        });
    }

    private void value(JsonNode value, JsonNode type, String path) {
        var function = Intrinsic.of(value);
        if (function.isPresent()) {
            branches(value).forEach(branch -> value(branch, type, path));
            return;
        }
        switch (type.path("type").asText()) {
            case "array" -> list(value, type.path("element"), path);
            case "map" -> map(value, type.path("element"), path);
            case "ref" -> structure(value, schemas.definition(type.path("reference")), path);
            case "tag" -> structure(value, TAG, path);
            case "json" -> require(value.isContainerNode(), value, "a map or a list", path);
            case "union" -> anyOf(value, type.path("types"), path);
            case "integer" -> scalar(value, isNumber(value, "-?\\d+"), "an integer", type, path);
            case "number" -> scalar(value, isNumber(value, "-?\\d+(\\.\\d+)?"), "a number", type, path);
            case "boolean" -> scalar(value, value.asText().matches("true|false"), "a boolean", type, path);
            case "string", "date-time" -> scalar(value, true, "a string", type, path);
            default -> throw new IllegalStateException("unknown type " + type);
        }
    }

    private static List<JsonNode> branches(JsonNode function) {
        var argument = function.path("Fn::If");
        return argument.size() == 3 ? List.of(argument.get(1), argument.get(2)) : List.of();
    }

    private static boolean isNumber(JsonNode value, String pattern) {
        return !value.isBoolean() && value.asText().matches(pattern);
    }

    private void list(JsonNode value, JsonNode element, String path) {
        if (require(value.isArray(), value, "a list", path)) {
            for (int i = 0; i < value.size(); i++) {
                value(value.get(i), element, path + "[" + i + "]");
            }
        }
    }

    private void map(JsonNode value, JsonNode element, String path) {
        if (require(value.isObject(), value, "a map", path)) {
            value.properties().forEach(entry -> value(entry.getValue(), element, path + "." + entry.getKey()));
        }
    }

    /** If the value matches none of the types, reports the errors for the type with the fewest. */
    private void anyOf(JsonNode value, JsonNode types, String path) {
        StreamSupport.stream(types.spliterator(), false)
                .map(type -> {
                    var alternative = new PropertyCheck(schemas);
                    alternative.value(value, type, path);
                    return alternative.errors;
                })
                .min(Comparator.comparing(List::size))
                .ifPresent(errors::addAll);
    }

    private void scalar(JsonNode value, boolean matches, String what, JsonNode type, String path) {
        var allowed = type.path("allowedValues");
        if (require(value.isValueNode() && matches, value, what, path) && !allowed.isEmpty()) {
            var texts = StreamSupport.stream(allowed.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            if (!texts.contains(value.asText())) {
                errors.add("%s: %s is not one of %s".formatted(path, value, texts));
            }
        }
    }

    private boolean require(boolean matches, JsonNode value, String what, String path) {
        if (!matches) {
            wrongType(value, what, path);
        }
        return matches;
    }

    private void wrongType(JsonNode value, String what, String path) {
        var found = value.isValueNode() ? value.toString() : value.isArray() ? "a list" : "a map";
        errors.add("%s: expected %s, but was %s".formatted(path, what, found));
    }
}
