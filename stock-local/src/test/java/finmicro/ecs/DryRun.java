package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stacks that {@code ecs/deploy.sh --dry-run} prints, with templates evaluated for their parameters. Values known only to
 * AWS are the name of the stack with those of resource and attribute.
 */
final class DryRun {

    private static final Pattern STACK =
            Pattern.compile("would run: aws cloudformation deploy --stack-name (\\S+) --template-file ecs/(\\w+)\\.yaml"
                    + " .*--parameter-overrides (.*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w:.]+)}");
    private static final Pattern NAME = Pattern.compile("\\w*(Name|Identifier)");
    /** Names that only have to be unique within the cluster, the service or the namespace. */
    private static final Set<String> LOCAL_NAMES = Set.of("ServiceName", "PolicyName", "MetricName");
    /** Queues and the counter table, wherever a text contains their names. */
    private static final Pattern SHARED = Pattern.compile("[\\w.-]*(-que(-dlq)?|max_number)\\b");

    private final Map<String, String> exports = new TreeMap<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> queuesAndTables = new TreeSet<>();

    DryRun(String output) {
        STACK.matcher(output).results().forEach(stack -> new Stack(stack).add());
    }

    /** Adds the names in a rendered task definition, in which placeholders of exports are left. */
    void add(JsonNode taskDefinition, String project) {
        names.add("family " + taskDefinition.path("family").asText());
        addQueuesAndTables(replace(taskDefinition.toString(), name -> exports.get(project + "-" + name)));
    }

    /** Names that have to be unique within an account and region, as {@code type name}. */
    Set<String> names() {
        return names;
    }

    /** The names of all queues and of the counter table. */
    Set<String> queuesAndTables() {
        return queuesAndTables;
    }

    private void addQueuesAndTables(String text) {
        SHARED.matcher(text).results().map(MatchResult::group).forEach(queuesAndTables::add);
    }

    private static String replace(String text, UnaryOperator<String> value) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(value.apply(match.group(1)))));
    }

    private final class Stack {

        private final String name;
        private final Template template;
        private final Map<String, String> values = new HashMap<>(Map.of(
                "AWS::Partition", "aws",
                "AWS::Region", "ap-northeast-1",
                "AWS::AccountId", "123456789012",
                "AWS::URLSuffix", "amazonaws.com"));

        Stack(MatchResult printed) {
            name = printed.group(1);
            template = TaskDefinitions.templates().get(printed.group(2));
            template.parameters()
                    .forEach((parameter, node) ->
                            values.put(parameter, node.path("Default").asText()));
            for (String parameter : printed.group(3).split(" ")) {
                values.put(parameter.replaceFirst("=.*", ""), parameter.replaceFirst("[^=]*=", ""));
            }
        }

        void add() {
            template.resources().values().stream().filter(this::exists).forEach(this::add);
            template.outputs().values().stream().filter(this::exists).forEach(output -> {
                String export = text(output.at("/Export/Name"));
                exports.put(export, text(output.path("Value")));
                names.add("export " + export);
                addQueuesAndTables(exports.get(export));
            });
        }

        private void add(Template.Resource resource) {
            JsonNode properties = value(resource.properties());
            properties.properties().forEach(property -> {
                if (NAME.matcher(property.getKey()).matches() && !LOCAL_NAMES.contains(property.getKey())) {
                    names.add(resource.type() + " " + property.getValue().asText());
                }
            });
            addQueuesAndTables(properties.toString());
        }

        private boolean exists(Template.Resource resource) {
            return exists(resource.node());
        }

        private boolean exists(JsonNode node) {
            return !node.has("Condition") || condition(node.path("Condition").asText());
        }

        private boolean condition(String condition) {
            return value(template.conditions().get(condition)).asBoolean();
        }

        private String text(JsonNode node) {
            JsonNode value = value(node);
            return value.isTextual() ? value.asText() : value.toString();
        }

        private JsonNode value(JsonNode node) {
            return Intrinsic.of(node)
                    .map(function -> call(function, node.get(function)))
                    .orElseGet(() -> container(node));
        }

        private JsonNode container(JsonNode node) {
            if (node.isObject()) {
                var object = JsonNodeFactory.instance.objectNode();
                node.properties().forEach(field -> object.set(field.getKey(), value(field.getValue())));
                return object;
            }
            if (node.isArray()) {
                var array = JsonNodeFactory.instance.arrayNode();
                node.forEach(element -> array.add(value(element)));
                return array;
            }
            return node;
        }

        private JsonNode call(String function, JsonNode argument) {
            return switch (function) {
                case "Ref" -> TextNode.valueOf(reference(argument.asText()));
                case "Fn::GetAtt" ->
                    TextNode.valueOf(reference(
                            argument.path(0).asText() + "." + argument.path(1).asText()));
                case "Fn::Sub" -> substitution(argument);
                case "Fn::ImportValue" -> TextNode.valueOf(exports.get(text(argument)));
                case "Fn::If" -> value(argument.path(condition(argument.path(0).asText()) ? 1 : 2));
                case "Fn::Equals" ->
                    JsonNodeFactory.instance.booleanNode(text(argument.path(0)).equals(text(argument.path(1))));
                case "Fn::Not" ->
                    JsonNodeFactory.instance.booleanNode(
                            !value(argument.path(0)).asBoolean());
                default -> TextNode.valueOf(name + "." + function + container(argument));
            };
        }

        private JsonNode substitution(JsonNode argument) {
            JsonNode own = argument.path(1);
            return TextNode.valueOf(replace(
                    argument.isArray() ? argument.path(0).asText() : argument.asText(),
                    placeholder -> own.has(placeholder) ? text(own.get(placeholder)) : reference(placeholder)));
        }

        /** The value of a parameter, a resource, or an attribute that is also a property of its resource. */
        private String reference(String path) {
            String[] parts = path.split("\\.", 2);
            if (parts.length == 1) {
                return values.getOrDefault(path, name + "." + path);
            }
            JsonNode property = template.resources().get(parts[0]).properties().path(parts[1]);
            return property.isMissingNode() ? name + "." + path : text(property);
        }
    }
}
