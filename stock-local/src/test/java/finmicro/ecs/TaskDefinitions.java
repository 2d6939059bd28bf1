package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the templates and task definitions in {@code ecs/}. */
final class TaskDefinitions {

    static final Path ECS = Path.of("../ecs").toAbsolutePath().normalize();

    private static final Pattern EXPORT_NAME = Pattern.compile("\\$\\{Project}-(\\w+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private TaskDefinitions() {}

    /** All templates, by file name without extension. */
    static Map<String, Template> templates() {
        Map<String, Template> templates = new TreeMap<>();
        files(ECS, ".yaml").forEach(file -> templates.put(name(file), Template.read(file)));
        return templates;
    }

    /** The text of each task definition with its placeholders, by family. */
    static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        files(ECS.resolve("task-definitions"), ".json").forEach(file -> texts.put(name(file), read(file)));
        return texts;
    }

    /** The names of the placeholders in a text. */
    static List<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }

    /** A plausible value for each name exported by a template. */
    static Map<String, String> exports() {
        Map<String, String> exports = new TreeMap<>();
        for (Template template : templates().values()) {
            for (JsonNode output : template.outputs().values()) {
                MatchResult name = EXPORT_NAME
                        .matcher(output.at("/Export/Name/Fn::Sub").asText())
                        .results()
                        .findFirst()
                        .orElseThrow();
                exports.put(name.group(1), value(name.group(1)));
            }
        }
        return exports;
    }

    private static String value(String name) {
        if (name.equals("MessageMode")) {
            return "sqs";
        }
        if (name.endsWith("Role") || name.endsWith("Secret") || name.endsWith("Arn")) {
            return "arn:aws:service:ap-northeast-1:123456789012:" + name + "|&-Ab12Cd";
        }
        return name.endsWith("Url") ? "https://sqs.ap-northeast-1.amazonaws.com/123456789012/" + name : name;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.\\w+$", "");
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
