package finmicro.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The OpenAPI description of a service under {@code /openapi}, with the parts needed to generate requests. */
final class OpenApi {

    /**
     * One method on one path.
     *
     * @param example a valid body, null if it takes none
     * @param fields the schema of each field of the body
     * @param answers schema of each JSON response by status
     * @param siblings all methods of the same path
     * @param roles roles that may call it; empty if it needs no token
     */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            ObjectNode example,
            Map<String, JsonNode> fields,
            Map<String, JsonNode> answers,
            List<String> siblings,
            Set<String> roles) {

        /** Returns a copy without a parameter. A path parameter keeps its placeholder. */
        Operation without(Parameter parameter) {
            List<Parameter> others =
                    parameters.stream().filter(other -> other != parameter).toList();
            return new Operation(method, path, others, example, fields, answers, siblings, roles);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * @param in {@code path}, {@code query} or {@code header}
     * @param example null if there is none
     */
    record Parameter(String name, String in, boolean required, JsonNode schema, String example) {}

    private final JsonNode description;

    /** @param description the JSON of {@code /openapi} */
    OpenApi(JsonNode description) {
        this.description = description;
    }

    /** All operations whose response ends, i.e. without event streams. */
    List<Operation> operations() {
        return operations(OpenApi::ends);
    }

    /** All operations, including event streams. */
    List<Operation> allOperations() {
        return operations(operation -> true);
    }

    private List<Operation> operations(Predicate<JsonNode> wanted) {
        List<Operation> operations = new ArrayList<>();
        description.path("paths").properties().forEach(path -> {
            List<String> methods = new ArrayList<>();
            path.getValue().fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
            methods.stream()
                    .filter(method -> wanted.test(path.getValue().path(lower(method))))
                    .forEach(method -> operations.add(
                            operation(method, path.getKey(), path.getValue().path(lower(method)), methods)));
        });
        return operations;
    }

    private static boolean ends(JsonNode operation) {
        return operation.at("/responses/200/content/text~1event-stream").isMissingNode();
    }

    private static String lower(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    private Operation operation(String method, String path, JsonNode operation, List<String> siblings) {
        List<Parameter> parameters = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> parameters.add(parameter(resolved(parameter))));
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        JsonNode schema = resolved(operation.at("/requestBody/content/application~1json/schema"));
        schema.path("properties").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        operation
                .path("responses")
                .properties()
                .forEach(answer -> answer.getValue().path("content").properties().stream()
                        .filter(content -> content.getKey().endsWith("json"))
                        .forEach(content ->
                                answers.put(answer.getKey(), content.getValue().path("schema"))));
        ObjectNode example =
                operation.at("/requestBody/content/application~1json/example") instanceof ObjectNode body ? body : null;
        return new Operation(method, path, parameters, example, fields, answers, siblings, roles(operation));
    }

    private static Set<String> roles(JsonNode operation) {
        Set<String> roles = new HashSet<>();
        operation.path("x-roles").forEach(role -> roles.add(role.asText()));
        return roles;
    }

    private static Parameter parameter(JsonNode parameter) {
        return new Parameter(
                parameter.path("name").asText(),
                parameter.path("in").asText(),
                parameter.path("required").asBoolean(),
                parameter.path("schema"),
                parameter.has("example") ? parameter.path("example").asText() : null);
    }

    /** Whether a value matches its schema. Supports only the keywords that these services use. */
    boolean matches(JsonNode value, JsonNode described) {
        JsonNode schema = resolved(described);
        if (schema.has("enum")) {
            return contains(schema.path("enum"), value);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject() && hasFields(value, schema);
            case "array" -> value.isArray() && all(value, element -> matches(element, schema.path("items")));
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    /** An undescribed field is an error: it does not match the missing schema. */
    private boolean hasFields(JsonNode value, JsonNode schema) {
        return all(schema.path("required"), name -> value.has(name.asText()))
                && value.properties().stream()
                        .allMatch(field -> matches(
                                field.getValue(), schema.path("properties").path(field.getKey())));
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return !all(values, one -> !one.equals(value));
    }

    private static boolean all(JsonNode elements, Predicate<JsonNode> test) {
        return StreamSupport.stream(elements.spliterator(), false).allMatch(test);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }
}
