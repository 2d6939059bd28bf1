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
 * The environment of a service on ECS, from its task definition {@code ecs/task-definitions/<service>.json}. It records which
 * variables are read. Secrets and values known only at deployment are {@code deployed}, or {@code https://deployed} if the
 * value must be a URL.
 */
public final class TaskEnvironment {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private final Map<String, String> variables = new TreeMap<>();
    private final Set<String> read = new TreeSet<>();

    /**
     * Reads the task definition from {@code ../ecs}.
     *
     * @param service name of the module, the file and the container
     * @param values values of placeholders, by name
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
            markReadByServer();
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

    /** Marks the variables read by the server configuration and by OpenTelemetry. */
    private void markReadByServer() throws IOException {
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
     * The variables of a service's task that the service reads in neither message mode, {@code sqs} nor {@code sns}.
     *
     * @param reading reads the service's configuration from the environment
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

    /** Returns a variable's value and marks it as read. */
    public Optional<String> read(String name) {
        read.add(name);
        return Optional.ofNullable(variables.get(name));
    }

    /** The names of all variables. */
    public Set<String> names() {
        return variables.keySet();
    }
}
