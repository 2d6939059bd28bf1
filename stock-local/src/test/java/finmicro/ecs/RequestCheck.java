package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A value held to the shapes of a service's model. */
final class RequestCheck {

    private final JsonNode shapes;
    private final List<String> faults = new ArrayList<>();

    RequestCheck(JsonNode shapes) {
        this.shapes = shapes;
    }

    /**
     * What is wrong, a line each: {@code path: what}.
     *
     * @param shape its name
     */
    List<String> faults(JsonNode value, String shape) {
        check(value, shape, "");
        return faults;
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
            default -> throw new IllegalStateException("no such shape as " + name + " " + shape);
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
                fault(name, "unknown");
            }
        });
        shape.path("required").forEach(member -> {
            if (!value.has(member.asText())) {
                fault(below(path, member.asText()), "missing");
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
            fault(path, "%s does not match %s".formatted(value, pattern));
        }
        var allowed = StreamSupport.stream(shape.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            fault(path, "%s is none of %s".formatted(value, allowed));
        }
    }

    private void range(long size, JsonNode shape, String unit, String path) {
        if (size < shape.path("min").asLong(Long.MIN_VALUE)) {
            fault(path, "%d%s, fewer than %s".formatted(size, unit, shape.path("min")));
        }
        if (size > shape.path("max").asLong(Long.MAX_VALUE)) {
            fault(path, "%d%s, more than %s".formatted(size, unit, shape.path("max")));
        }
    }

    private static String reference(JsonNode members, String name) {
        return members.path(name).path("shape").asText();
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private boolean require(boolean fits, JsonNode value, String what, String path) {
        if (!fits) {
            var found = value.isValueNode() ? value.toString() : value.isArray() ? "a list" : "a map";
            fault(path, "%s where %s belongs".formatted(found, what));
        }
        return fits;
    }

    private void fault(String path, String what) {
        faults.add(path + ": " + what);
    }
}
