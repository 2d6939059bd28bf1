package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML as read by CloudFormation: dates and non-decimal numbers are strings; null, aliases and duplicate keys are errors.
 */
final class TemplateYaml {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)\\.\\d+");
    private static final Set<Tag> UNSUPPORTED = Set.of(Tag.BINARY, Tag.OMAP, Tag.PAIRS, Tag.SET);
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    private final String name;

    private TemplateYaml(String name) {
        this.name = name;
    }

    /**
     * Converts YAML to JSON and expands short tags: {@code !GetAtt Queue.Arn} is
     * {@code {"Fn::GetAtt": ["Queue", "Arn"]}}.
     *
     * @param name name of the file in messages
     * @throws IllegalArgumentException if the YAML is invalid; the message begins with the name and, if known, the line
     */
    static JsonNode json(String name, String text) {
        var yaml = new Yaml();
        try {
            StreamSupport.stream(yaml.parse(new StringReader(text)).spliterator(), false)
                    .filter(AliasEvent.class::isInstance)
                    .findFirst()
                    .ifPresent(alias -> {
                        throw new IllegalArgumentException("%s:%d: aliases are not supported"
                                .formatted(name, alias.getStartMark().getLine() + 1));
                    });
            var root = yaml.compose(new StringReader(text));
            if (root == null) {
                throw new IllegalArgumentException(name + ": is empty");
            }
            return new TemplateYaml(name).json(root);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private JsonNode json(Node node) {
        var tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return untagged(node);
        }
        var function = Intrinsic.ofShortTag(tag).orElseThrow(() -> error(node, "unknown function " + tag));
        return JSON.objectNode().set(function, argument(function, node));
    }

    private JsonNode argument(String function, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return untagged(node);
        }
        var text = scalar.getValue();
        if (!function.equals("Fn::GetAtt")) {
            return JSON.textNode(text);
        }
        var parts = text.split("\\.", 2);
        if (parts.length < 2) {
            throw error(node, "missing attribute in !GetAtt " + text);
        }
        return JSON.arrayNode().add(parts[0]).add(parts[1]);
    }

    private JsonNode untagged(Node node) {
        if (UNSUPPORTED.contains(node.getTag())) {
            throw error(node, "unsupported type: " + node.getTag().getValue());
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            var array = JSON.arrayNode();
            sequence.getValue().forEach(element -> array.add(json(element)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping) {
        var object = JSON.objectNode();
        for (NodeTuple field : mapping.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
                throw error(field.getKeyNode(), "key is not a string");
            }
            if (object.has(key.getValue())) {
                throw error(key, "duplicate key " + key.getValue());
            }
            object.set(key.getValue(), json(field.getValueNode()));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node) {
        var text = node.getValue();
        var tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            throw error(node, "null is not allowed");
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) && INTEGER.matcher(text).matches()) {
            return JSON.numberNode(new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
            return JSON.numberNode(new BigDecimal(text));
        }
        return JSON.textNode(text);
    }

    private IllegalArgumentException error(Node node, String what) {
        return new IllegalArgumentException(
                "%s:%d: %s".formatted(name, node.getStartMark().getLine() + 1, what));
    }
}
