package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks the exports and imports of the templates: names in {@code !Sub}, such as {@code ${Project}-QueueUrl}. */
final class Exports {

    private static final String PREFIX = "${Project}-";

    /** Places that import a name, by name. */
    private final Map<String, List<String>> imports = new LinkedHashMap<>();

    private final Map<String, List<String>> exports = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    Exports(Collection<Template> templates) {
        for (var template : templates) {
            template.uses("Fn::ImportValue")
                    .forEach(use -> add(imports, use.argument(), template.name() + ": " + use.path()));
            template.outputs().forEach((name, output) -> {
                if (output.has("Export")) {
                    add(exports, output.at("/Export/Name"), "%s: Outputs.%s".formatted(template.name(), name));
                }
            });
        }
    }

    private void add(Map<String, List<String>> places, JsonNode name, String place) {
        var text = name.path("Fn::Sub");
        if (text.isTextual() && text.asText().startsWith(PREFIX)) {
            places.computeIfAbsent(text.asText(), any -> new ArrayList<>()).add(place);
        } else {
            errors.add(place + ": the name must be !Sub " + PREFIX + "...");
        }
    }

    /**
     * Names that are imported but not exported, exported twice, or not used: one {@code file: path: message} each.
     *
     * @param taskDefinitions texts in which the placeholder {@code ${QueueUrl}} uses the export {@code ${Project}-QueueUrl}
     * @param otherUses exports used elsewhere, such as {@code QueueUrl}
     */
    List<String> errors(Collection<String> taskDefinitions, Collection<String> otherUses) {
        var all = new ArrayList<>(errors);
        imports.forEach((name, places) -> {
            if (!exports.containsKey(name)) {
                places.forEach(place -> all.add(place + ": " + name + " is not exported"));
            }
        });
        exports.forEach((name, places) -> {
            var simpleName = name.substring(PREFIX.length());
            places.stream()
                    .skip(1)
                    .forEach(place -> all.add(place + ": " + name + " is already exported by " + places.get(0)));
            var isUsed =
                    Stream.concat(imports.keySet().stream(), otherUses.stream().map(PREFIX::concat))
                                    .anyMatch(name::equals)
                            || taskDefinitions.stream().anyMatch(text -> text.contains("${" + simpleName + "}"));
            if (!isUsed) {
                all.add(places.get(0) + ": " + name + " is not imported");
            }
        });
        return all;
    }
}
