package finmicro.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a service says of itself under {@code /openapi}, as far as requests can be made of it. */
final class OpenApi {

    /**
     * One method on one path.
     *
     * @param example a good body, null where it takes none
     * @param fields the schema of each field of the body
     * @param siblings all methods of the path
     */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            ObjectNode example,
            Map<String, JsonNode> fields,
            List<String> siblings) {

        /** The same, without that parameter; in the path its name is left. */
        Operation without(Parameter parameter) {
            List<Parameter> others =
                    parameters.stream().filter(other -> other != parameter).toList();
            return new Operation(method, path, others, example, fields, siblings);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * @param in {@code path}, {@code query} or {@code header}
     * @param example null where there is none
     */
    record Parameter(String name, String in, boolean required, JsonNode schema, String example) {}

    private final JsonNode description;

    /** @param description the JSON of {@code /openapi} */
    OpenApi(JsonNode description) {
        this.description = description;
    }

    /** Everything that can be called and comes to an end: a stream of events does not. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        description.path("paths").properties().forEach(path -> {
            List<String> methods = new ArrayList<>();
            path.getValue().fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
            methods.stream()
                    .filter(method -> ends(path.getValue().path(lower(method))))
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
        return new Operation(method, path, parameters, fields.isEmpty() ? null : example(fields), fields, siblings);
    }

    private static Parameter parameter(JsonNode parameter) {
        return new Parameter(
                parameter.path("name").asText(),
                parameter.path("in").asText(),
                parameter.path("required").asBoolean(),
                parameter.path("schema"),
                parameter.has("example") ? parameter.path("example").asText() : null);
    }

    private static ObjectNode example(Map<String, JsonNode> fields) {
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, schema) -> example.set(name, schema.at("/examples/0")));
        return example;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }
}
