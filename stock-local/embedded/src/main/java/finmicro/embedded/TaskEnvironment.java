package finmicro.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The environment that the task definition of a service gives it on ECS, {@code ecs/task-definitions/<service>.json},
 * and which of it was read. The value of a secret, and of whatever is known at deployment alone, is the word
 * {@code deployed}, and an address of that name where it has to be one.
 */
public final class TaskEnvironment {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private final Map<String, String> variables = new TreeMap<>();
    private final Set<String> read = new TreeSet<>();

    /**
     * Reads it from the module's sibling folder {@code ecs}.
     *
     * @param service name of the module, of the file, and of the container in it
     * @param values of placeholders, by name
     */
    public TaskEnvironment(String service, Map<String, String> values) {
        try {
            var definition = new ObjectMapper()
                    .readTree(Path.of("../ecs/task-definitions", service + ".json")
                            .toFile());
            for (var container : definition.path("containerDefinitions")) {
                if (container.path("name").asText().equals(service)) {
                    add(container, values);
                }
            }
            readByServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode container, Map<String, String> values) {
        container
                .path("environment")
                .forEach(variable -> variables.put(
                        variable.path("name").asText(),
                        PLACEHOLDER
                                .matcher(variable.path("value").asText())
                                .replaceAll(placeholder ->
                                        values.getOrDefault(placeholder.group(1), deployed(placeholder.group(1))))));
        container
                .path("secrets")
                .forEach(secret -> variables.put(secret.path("name").asText(), "deployed"));
    }

    private static String deployed(String placeholder) {
        return placeholder.matches("Oidc(Issuer|\\w+Uri)") ? "https://deployed" : "deployed";
    }

    /** What the server's own configuration takes from the environment, and what OpenTelemetry reads by itself. */
    private void readByServer() throws IOException {
        for (var file : List.of("liberty-config/service.xml", "liberty-config/database.xml")) {
            PLACEHOLDER
                    .matcher(Files.readString(Path.of("..", file)))
                    .results()
                    .map(MatchResult::group)
                    .map(reference -> reference.substring(2, reference.length() - 1))
                    .forEach(read::add);
        }
        variables.keySet().stream().filter(name -> name.startsWith("OTEL_")).forEach(read::add);
    }

    /**
     * The variables of a service's task that it reads neither with the message mode {@code sqs} nor with {@code sns}.
     *
     * @param reading has the service's configuration read one
     */
    public static Set<String> unread(String service, Consumer<TaskEnvironment> reading) {
        var sqs = new TaskEnvironment(service, Map.of("MessageMode", "sqs"));
        reading.accept(sqs);
        var sns = new TaskEnvironment(service, Map.of("MessageMode", "sns"));
        reading.accept(sns);
        var unread = new TreeSet<>(sqs.variables.keySet());
        unread.removeAll(sqs.read);
        unread.removeAll(sns.read);
        return unread;
    }

    /** A variable's value as the service would see it; counted as read. */
    public Optional<String> read(String name) {
        read.add(name);
        return Optional.ofNullable(variables.get(name));
    }

    /** The names of all variables. */
    public Set<String> names() {
        return variables.keySet();
    }
}
