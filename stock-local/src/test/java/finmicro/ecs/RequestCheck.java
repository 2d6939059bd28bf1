package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Validates a value against the shapes of a service model. */
final class RequestCheck {

    private final JsonNode shapes;
    private final List<String> errors = new ArrayList<>();

    RequestCheck(JsonNode shapes) {
        this.shapes = shapes;
    }

    /**
     * Validates a value. Returns errors as {@code path: message}.
     *
     * @param shape name of the shape
     */
    List<String> errors(JsonNode value, String shape) {
        check(value, shape, "");
        return errors;
    }

    private void check(JsonNode value, String name, String path) {
        var shape = shapes.path(name);
        switch (shape.path("type").asText()) {
            case "structure" -> structure(value, shape, path);
            case "list" -> list(value, shape, path);
            case "map" -> map(value, shape, path);
            case "string" -> string(value, shape, path);
            case "integer", "long" -> {
                if (require(value.isIntegralNumber(), value, "an integer", path)) {
                    range(value.asLong(), shape, "", path);
                }
            }
            case "boolean" -> require(value.isBoolean(), value, "a boolean", path);
            default -> throw new IllegalStateException("unknown shape " + name + " " + shape);
        }
    }

    private void structure(JsonNode value, JsonNode shape, String path) {
        if (!require(value.isObject(), value, "a structure", path)) {
            return;
        }
        var members = shape.path("members");
        value.properties().forEach(member -> {
            var name = below(path, member.getKey());
            if (members.has(member.getKey())) {
                check(member.getValue(), reference(members, member.getKey()), name);
            } else {
                error(name, "unknown");
            }
        });
        shape.path("required").forEach(member -> {
            if (!value.has(member.asText())) {
                error(below(path, member.asText()), "missing");
            }
        });
    }

    private void list(JsonNode value, JsonNode shape, String path) {
        if (require(value.isArray(), value, "a list", path)) {
            range(value.size(), shape, " elements", path);
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), reference(shape, "member"), path + "[" + i + "]");
            }
        }
    }

    private void map(JsonNode value, JsonNode shape, String path) {
        if (require(value.isObject(), value, "a map", path)) {
            range(value.size(), shape, " entries", path);
            value.properties()
                    .forEach(entry -> check(entry.getValue(), reference(shape, "value"), below(path, entry.getKey())));
        }
    }

    private void string(JsonNode value, JsonNode shape, String path) {
        if (!require(value.isTextual(), value, "a string", path)) {
            return;
        }
        var text = value.asText();
        range(text.codePointCount(0, text.length()), shape, " characters", path);
        var pattern = shape.path("pattern").asText();
        if (!Pattern.compile(pattern).matcher(text).find()) {
            error(path, "%s does not match %s".formatted(value, pattern));
        }
        var allowed = StreamSupport.stream(shape.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            error(path, "%s is not one of %s".formatted(value, allowed));
        }
    }

    private void range(long size, JsonNode shape, String unit, String path) {
        if (size < shape.path("min").asLong(Long.MIN_VALUE)) {
            error(path, "%d%s, fewer than %s".formatted(size, unit, shape.path("min")));
        }
        if (size > shape.path("max").asLong(Long.MAX_VALUE)) {
            error(path, "%d%s, more than %s".formatted(size, unit, shape.path("max")));
        }
    }

    private static String reference(JsonNode members, String name) {
        return members.path(name).path("shape").asText();
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private boolean require(boolean matches, JsonNode value, String what, String path) {
        if (!matches) {
            var found = value.isValueNode() ? value.toString() : value.isArray() ? "a list" : "a map";
            error(path, "expected %s, but was %s".formatted(what, found));
        }
        return matches;
    }

    private void error(String path, String what) {
        errors.add(path + ": " + what);
    }
}
