package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What templates export to one another: names as they stand in {@code !Sub}, such as {@code ${Project}-QueueUrl}. */
final class Exports {

    private static final String PREFIX = "${Project}-";

    /** Each name with the places that import or export it. */
    private final Map<String, List<String>> imports = new LinkedHashMap<>();

    private final Map<String, List<String>> exports = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

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
            faults.add(place + ": the name is no !Sub " + PREFIX + "...");
        }
    }

    /**
     * What is imported and not exported, exported twice, or exported to nobody: a line each, {@code file: path: what}.
     *
     * @param taskDefinitions texts in which {@code ${QueueUrl}} stands for the export {@code ${Project}-QueueUrl}
     * @param forPeople exports that nothing here needs to use, such as {@code QueueUrl}
     */
    List<String> faults(Collection<String> taskDefinitions, Collection<String> forPeople) {
        var all = new ArrayList<>(faults);
        imports.forEach((name, places) -> {
            if (!exports.containsKey(name)) {
                places.forEach(place -> all.add(place + ": nobody exports " + name));
            }
        });
        exports.forEach((name, places) -> {
            var simpleName = name.substring(PREFIX.length());
            places.stream()
                    .skip(1)
                    .forEach(place -> all.add(place + ": " + places.get(0) + " exports " + name + " too"));
            var isUsed =
                    Stream.concat(imports.keySet().stream(), forPeople.stream().map(PREFIX::concat))
                                    .anyMatch(name::equals)
                            || taskDefinitions.stream().anyMatch(text -> text.contains("${" + simpleName + "}"));
            if (!isUsed) {
                all.add(places.get(0) + ": nobody imports " + name);
            }
        });
        return all;
    }
}
