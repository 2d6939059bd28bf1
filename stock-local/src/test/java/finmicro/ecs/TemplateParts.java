package finmicro.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the keys of a template outside of properties. */
final class TemplateParts {

    /** @param required the required key */
    private record Entry(String required, Set<String> keys) {}

    private static final Set<String> PARTS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Rules",
            "Resources",
            "Outputs");
    private static final Map<String, Entry> ENTRIES = Map.of(
            "Parameters",
            new Entry(
                    "Type",
                    Set.of(
                            "Type",
                            "AllowedPattern",
                            "AllowedValues",
                            "ConstraintDescription",
                            "Default",
                            "Description",
                            "MaxLength",
                            "MaxValue",
                            "MinLength",
                            "MinValue",
                            "NoEcho")),
            "Resources",
            new Entry(
                    "Type",
                    Set.of(
                            "Type",
                            "Properties",
                            "Condition",
                            "CreationPolicy",
                            "DeletionPolicy",
                            "DependsOn",
                            "Metadata",
                            "UpdatePolicy",
                            "UpdateReplacePolicy")),
            "Outputs",
            new Entry("Value", Set.of("Value", "Condition", "Description", "Export")));

    private TemplateParts() {}

    /** Unknown and missing keys, such as {@code file: Resources.Queue.Conditon: unknown}. */
    static List<String> errors(Template template) {
        List<String> errors = new ArrayList<>();
        if (template.resources().isEmpty()) {
            errors.add(template.name() + ": Resources: missing");
        }
        template.root().fieldNames().forEachRemaining(part -> {
            if (!PARTS.contains(part)) {
                errors.add("%s: %s: unknown".formatted(template.name(), part));
            }
        });
        ENTRIES.forEach((part, entry) -> template.section(part).forEach((name, node) -> {
            var path = template.name() + ": " + part + "." + name + ".";
            if (!node.has(entry.required())) {
                errors.add(path + entry.required() + ": missing");
            }
            node.fieldNames().forEachRemaining(key -> {
                if (!entry.keys().contains(key)) {
                    errors.add(path + key + ": unknown");
                }
            });
        }));
        return errors;
    }
}
