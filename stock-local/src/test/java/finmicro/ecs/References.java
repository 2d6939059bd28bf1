package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The names in a template held to what they name. */
final class References {

    private static final Set<String> PSEUDO_PARAMETERS = Set.of(
            "AWS::AccountId",
            "AWS::NoValue",
            "AWS::NotificationARNs",
            "AWS::Partition",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::URLSuffix");
    /** {@code ${!X}} stands for the text {@code ${X}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final Template template;
    private final ResourceSchemas schemas;
    private final Map<String, Template.Resource> resources;
    private final List<String> faults = new ArrayList<>();

    References(Template template, ResourceSchemas schemas) {
        this.template = template;
        this.schemas = schemas;
        this.resources = template.resources();
    }

    /** What names nothing, a line each: {@code file: Resource.path: what}. */
    List<String> faults() {
        template.uses().forEach(this::check);
        resources.forEach((name, resource) -> {
            condition(resource.node().path("Condition"), name + ".Condition");
            dependsOn(resource.node().path("DependsOn"), name + ".DependsOn");
        });
        template.outputs()
                .forEach((name, output) -> condition(output.path("Condition"), "Outputs." + name + ".Condition"));
        return faults;
    }

    private void check(Template.Use use) {
        var argument = use.argument();
        switch (use.function()) {
            case "Ref" -> ref(argument.asText(), use);
            case "Fn::GetAtt" -> attribute(argument.path(0).asText(), argument.path(1), use);
            case "Fn::Sub" -> substitution(argument, use);
            case "Fn::FindInMap" -> mapping(argument.path(0), use);
            case "Condition" -> condition(argument, use.path());
            case "Fn::If" -> {
                condition(argument.path(0), use.path());
                require(argument.size() == 3, use.path(), "Fn::If wants a condition and two values");
            }
            default -> require(Intrinsic.isKnown(use.function()), use.path(), "no such function as " + use.function());
        }
    }

    private void ref(String name, Template.Use use) {
        // A condition is decided before there are resources.
        var isResource = resources.containsKey(name) && !use.path().startsWith("Conditions.");
        require(isParameter(name) || isResource, use.path(), use.function() + " names nothing: " + name);
    }

    private boolean isParameter(String name) {
        return PSEUDO_PARAMETERS.contains(name) || template.parameters().containsKey(name);
    }

    private void attribute(String name, JsonNode attribute, Template.Use use) {
        var resource = resources.get(name);
        if (resource == null) {
            faults.add("%s: %s: %s names no resource: %s".formatted(template.name(), use.path(), use.function(), name));
        } else if (Intrinsic.of(attribute).isEmpty() && schemas.hasType(resource.type())) {
            require(
                    schemas.hasAttribute(resource.type(), attribute.asText()),
                    use.path(),
                    "%s has no attribute \"%s\"".formatted(resource.type(), attribute.asText()));
        }
    }

    private void substitution(JsonNode argument, Template.Use use) {
        var text = argument.isArray() ? argument.path(0) : argument;
        require(text.isTextual(), use.path(), "Fn::Sub wants a text, or a text and a map");
        Set<String> own = new HashSet<>();
        argument.path(1).fieldNames().forEachRemaining(own::add);
        PLACEHOLDER
                .matcher(text.asText())
                .results()
                .map(match -> match.group(1))
                .forEach(name -> {
                    var dot = name.indexOf('.');
                    if (own.contains(name)) {
                        return;
                    }
                    if (dot < 0) {
                        ref(name, use);
                    } else {
                        attribute(name.substring(0, dot), TextNode.valueOf(name.substring(dot + 1)), use);
                    }
                });
    }

    private void mapping(JsonNode name, Template.Use use) {
        var known = Intrinsic.of(name).isPresent() || template.mappings().containsKey(name.asText());
        require(known, use.path(), "Fn::FindInMap names no mapping: " + name.asText());
    }

    private void condition(JsonNode name, String path) {
        var known = name.isMissingNode() || template.conditions().containsKey(name.asText());
        require(known, path, "names no condition: " + name.asText());
    }

    private void dependsOn(JsonNode names, String path) {
        var all = names.isArray() ? names : names.isMissingNode() ? List.<JsonNode>of() : List.of(names);
        for (JsonNode name : all) {
            require(resources.containsKey(name.asText()), path, "names no resource: " + name.asText());
        }
    }

    private void require(boolean holds, String path, String what) {
        if (!holds) {
            faults.add("%s: %s: %s".formatted(template.name(), path, what));
        }
    }
}
