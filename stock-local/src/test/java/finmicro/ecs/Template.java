package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A CloudFormation template, with functions in their long form. */
final class Template {

    /**
     * @param type such as {@code AWS::SQS::Queue}; empty if missing
     * @param properties an object, or a missing node
     * @param node the whole resource
     */
    record Resource(String type, JsonNode properties, JsonNode node) {}

    /**
     * A function call.
     *
     * @param path such as {@code Queue.RedrivePolicy.maxReceiveCount} in the properties of a resource,
     *     {@code Outputs.Url.Value} elsewhere
     * @param function its long name, such as {@code Fn::Sub}
     */
    record Use(String path, String function, JsonNode argument) {}

    private final String name;
    private final JsonNode root;

    private Template(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException as in {@link #parse}
     * @throws UncheckedIOException if the file does not exist
     */
    static Template read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads YAML.
     *
     * @param name name of the file in messages
     * @throws IllegalArgumentException if CloudFormation would reject the YAML: duplicate keys, null, aliases and unknown
     *     tags are errors
     */
    static Template parse(String name, String yaml) {
        return new Template(name, TemplateYaml.json(name, yaml));
    }

    String name() {
        return name;
    }

    JsonNode root() {
        return root;
    }

    Map<String, JsonNode> parameters() {
        return section("Parameters");
    }

    Map<String, JsonNode> mappings() {
        return section("Mappings");
    }

    Map<String, JsonNode> conditions() {
        return section("Conditions");
    }

    Map<String, JsonNode> outputs() {
        return section("Outputs");
    }

    /** The resources by logical name, in file order. */
    Map<String, Resource> resources() {
        Map<String, Resource> resources = new LinkedHashMap<>();
        section("Resources")
                .forEach((logicalName, node) -> resources.put(
                        logicalName, new Resource(node.path("Type").asText(), node.path("Properties"), node)));
        return resources;
    }

    /** The entries of a section by name; empty if the section is missing. */
    Map<String, JsonNode> section(String section) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        root.path(section).properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    /** All calls of this function. */
    List<Use> uses(String function) {
        return uses().stream().filter(use -> use.function().equals(function)).toList();
    }

    /** All function calls in conditions, resources and outputs, including nested ones. */
    List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        section("Conditions").forEach((key, condition) -> collect(condition, "Conditions." + key, uses));
        section("Resources")
                .forEach((key, resource) -> resource.properties()
                        .forEach(part -> collect(
                                part.getValue(),
                                part.getKey().equals("Properties") ? key : key + "." + part.getKey(),
                                uses)));
        section("Outputs").forEach((key, output) -> collect(output, "Outputs." + key, uses));
        return uses;
    }

    private static void collect(JsonNode node, String path, List<Use> uses) {
        Intrinsic.of(node).ifPresent(function -> uses.add(new Use(path, function, node.get(function))));
        node.properties().forEach(field -> collect(field.getValue(), path + "." + field.getKey(), uses));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), path + "[" + i + "]", uses);
            }
        }
    }
}
