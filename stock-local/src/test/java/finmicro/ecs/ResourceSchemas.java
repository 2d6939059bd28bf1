package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Schemas of CloudFormation's resource types, from the npm package {@code @aws-cdk/aws-service-spec}. */
final class ResourceSchemas {

    private static final String DATABASE = "node_modules/@aws-cdk/aws-service-spec/db.json.gz";

    private final Map<String, JsonNode> resources = new HashMap<>();
    private final Map<String, JsonNode> definitions = new HashMap<>();

    private ResourceSchemas(JsonNode entities) {
        entities.at("/resource/entities")
                .forEach(type -> resources.put(type.path("cloudFormationType").asText(), type));
        entities.at("/typeDefinition/entities")
                .forEach(type -> definitions.put(type.path("$id").asText(), type));
    }

    /**
     * Reads the schemas, after downloading them if necessary.
     *
     * @throws IllegalStateException if they cannot be downloaded
     * @throws UncheckedIOException if they cannot be read
     */
    static ResourceSchemas fetched() {
        try (var database =
                new GZIPInputStream(Files.newInputStream(Tools.installed().resolve(DATABASE)))) {
            return new ResourceSchemas(new JsonMapper().readTree(database).path("schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Validates a template. Returns errors as {@code file: Resource.path: message}. */
    List<String> errors(Template template) {
        List<String> errors = new ArrayList<>(TemplateParts.errors(template));
        template.resources().forEach((name, resource) -> {
            var schema = resources.get(resource.type());
            if (schema == null) {
                errors.add("%s: %s: unknown type \"%s\"".formatted(template.name(), name, resource.type()));
            } else {
                PropertyCheck.errors(this, resource.properties(), schema.path("properties"), name).stream()
                        .map(error -> template.name() + ": " + error)
                        .forEach(errors::add);
            }
        });
        errors.addAll(new References(template, this).errors());
        return errors;
    }

    /**
     * Whether a type has an attribute for {@code Fn::GetAtt}.
     *
     * @param type a known type
     * @param attribute such as {@code Endpoint.Address}
     */
    boolean hasAttribute(String type, String attribute) {
        var isOfNestedStack = type.equals("AWS::CloudFormation::Stack") && attribute.startsWith("Outputs.");
        return resources.get(type).path("attributes").has(attribute) || isOfNestedStack;
    }

    boolean hasType(String type) {
        return resources.containsKey(type);
    }

    /** The properties of a type referenced in a schema. */
    JsonNode definition(JsonNode reference) {
        return definitions.get(reference.path("$ref").asText()).path("properties");
    }
}
