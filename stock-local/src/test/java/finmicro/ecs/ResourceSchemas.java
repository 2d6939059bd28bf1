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

/** What CloudFormation knows of the types of resources, as the package {@code @aws-cdk/aws-service-spec} tells it. */
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
     * Reads them.
     *
     * @throws IllegalStateException when they cannot be fetched
     * @throws UncheckedIOException when they cannot be read
     */
    static ResourceSchemas fetched() {
        try (var database =
                new GZIPInputStream(Files.newInputStream(Tools.installed().resolve(DATABASE)))) {
            return new ResourceSchemas(new JsonMapper().readTree(database).path("schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a template: a line each, {@code file: Resource.path: what}. */
    List<String> faults(Template template) {
        List<String> faults = new ArrayList<>(TemplateParts.faults(template));
        template.resources().forEach((name, resource) -> {
            var schema = resources.get(resource.type());
            if (schema == null) {
                faults.add("%s: %s: unknown type \"%s\"".formatted(template.name(), name, resource.type()));
            } else {
                PropertyCheck.faults(this, resource.properties(), schema.path("properties"), name).stream()
                        .map(fault -> template.name() + ": " + fault)
                        .forEach(faults::add);
            }
        });
        faults.addAll(new References(template, this).faults());
        return faults;
    }

    /**
     * Whether {@code Fn::GetAtt} finds it.
     *
     * @param type a known one
     * @param attribute such as {@code Endpoint.Address}
     */
    boolean hasAttribute(String type, String attribute) {
        var isOfNestedStack = type.equals("AWS::CloudFormation::Stack") && attribute.startsWith("Outputs.");
        return resources.get(type).path("attributes").has(attribute) || isOfNestedStack;
    }

    boolean hasType(String type) {
        return resources.containsKey(type);
    }

    /** The properties of the type that a reference in a schema stands for. */
    JsonNode definition(JsonNode reference) {
        return definitions.get(reference.path("$ref").asText()).path("properties");
    }
}
