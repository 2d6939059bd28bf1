package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks that every name used in a template is defined. */
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
    /** {@code ${!X}} is an escape for the literal {@code ${X}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final Template template;
    private final ResourceSchemas schemas;
    private final Map<String, Template.Resource> resources;
    private final List<String> errors = new ArrayList<>();

    References(Template template, ResourceSchemas schemas) {
        this.template = template;
        this.schemas = schemas;
        this.resources = template.resources();
    }

    /** References to undefined names, as {@code file: Resource.path: message}. */
    List<String> errors() {
        template.uses().forEach(this::check);
        resources.forEach((name, resource) -> {
            condition(resource.node().path("Condition"), name + ".Condition");
            dependsOn(resource.node().path("DependsOn"), name + ".DependsOn");
        });
        template.outputs()
                .forEach((name, output) -> condition(output.path("Condition"), "Outputs." + name + ".Condition"));
        return errors;
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
                require(argument.size() == 3, use.path(), "Fn::If requires a condition and two values");
            }
            default -> require(Intrinsic.isKnown(use.function()), use.path(), "unknown function " + use.function());
        }
    }

    private void ref(String name, Template.Use use) {
        // Conditions are evaluated before resources exist.
        var isResource = resources.containsKey(name) && !use.path().startsWith("Conditions.");
        require(isParameter(name) || isResource, use.path(), use.function() + " references an undefined name: " + name);
    }

    private boolean isParameter(String name) {
        return PSEUDO_PARAMETERS.contains(name) || template.parameters().containsKey(name);
    }

    private void attribute(String name, JsonNode attribute, Template.Use use) {
        var resource = resources.get(name);
        if (resource == null) {
            errors.add("%s: %s: %s references an undefined resource: %s"
                    .formatted(template.name(), use.path(), use.function(), name));
        } else if (Intrinsic.of(attribute).isEmpty() && schemas.hasType(resource.type())) {
            require(
                    schemas.hasAttribute(resource.type(), attribute.asText()),
                    use.path(),
                    "%s has no attribute \"%s\"".formatted(resource.type(), attribute.asText()));
        }
    }

    private void substitution(JsonNode argument, Template.Use use) {
        var text = argument.isArray() ? argument.path(0) : argument;
        require(text.isTextual(), use.path(), "Fn::Sub requires a string, or a string and a map");
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
        require(known, use.path(), "Fn::FindInMap references an undefined mapping: " + name.asText());
    }

    private void condition(JsonNode name, String path) {
        var known = name.isMissingNode() || template.conditions().containsKey(name.asText());
        require(known, path, "undefined condition: " + name.asText());
    }

    private void dependsOn(JsonNode names, String path) {
        var all = names.isArray() ? names : names.isMissingNode() ? List.<JsonNode>of() : List.of(names);
        for (JsonNode name : all) {
            require(resources.containsKey(name.asText()), path, "undefined resource: " + name.asText());
        }
    }

    private void require(boolean valid, String path, String what) {
        if (!valid) {
            errors.add("%s: %s: %s".formatted(template.name(), path, what));
        }
    }
}
