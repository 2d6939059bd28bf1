package finmicro.ecs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The request of an AWS operation, according to the service model of AWS. */
final class RequestModel {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode shapes;
    private final String input;

    private RequestModel(JsonNode model, String operation) {
        this.shapes = model.path("shapes");
        this.input = model.path("operations").path(operation).at("/input/shape").asText();
    }

    /**
     * Reads the model from the class path.
     *
     * @param service with its version, such as {@code ecs-2014-11-13}
     * @param operation such as {@code RegisterTaskDefinition}
     * @throws NullPointerException if there is no model of the service
     */
    static RequestModel of(String service, String operation) {
        var resource = "/models/" + service + "-model.json";
        try (var model = Objects.requireNonNull(RequestModel.class.getResourceAsStream(resource), resource)) {
            return new RequestModel(JSON.readTree(model), operation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Validates a request. Returns errors such as {@code file: containerDefinitions[0].image: missing}.
     *
     * @param file its name in errors
     * @param request JSON
     * @throws IllegalStateException if the model does not have the operation, or has an unsupported type
     */
    List<String> errors(String file, String request) {
        try {
            return new RequestCheck(shapes)
                    .errors(JSON.readTree(request), input).stream()
                            .map(error -> file + ": " + error)
                            .toList();
        } catch (JacksonException e) {
            var line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            return List.of("%s: line %d: %s".formatted(file, line, e.getOriginalMessage()));
        }
    }
}
