package finmicro.common.openapi;

import finmicro.common.json.FieldError;
import finmicro.common.json.StrictJson;
import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes the responses with status 400 and above. Adds those that follow from an operation's parameters and body, and gives
 * each one the problem schema with an example of every possible type. The types are the lower-case words in backticks of its
 * description; if a status has only one type, the word may be omitted.
 */
final class ProblemResponses {

    private static final Pattern WORD = Pattern.compile("`([a-z]+(?:-[a-z]+)*|about:blank)`");
    private static final String ANY_OTHER = "default";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private ProblemResponses() {}

    static void complete(Operation operation) {
        APIResponses responses = operation.getResponses();
        implied(operation).forEach(type -> addIfAbsent(responses, Integer.toString(type.status()), type.meaning()));
        addIfAbsent(
                responses,
                ANY_OTHER,
                "Any other error, such as an unsupported method or media type, or an invalid URL (`about:blank`)");
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                describe(status, response, operation);
            }
        });
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static Stream<ProblemType> implied(Operation operation) {
        boolean body = operation.getRequestBody() != null;
        boolean parameters = operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> parameter.getIn() != Parameter.In.PATH);
        boolean secured =
                operation.getSecurity() != null && !operation.getSecurity().isEmpty();
        return Stream.of(
                        secured ? ProblemType.UNAUTHORIZED : null,
                        secured ? ProblemType.FORBIDDEN : null,
                        body || parameters ? ProblemType.INVALID_INPUT : null,
                        body ? ProblemType.TOO_LARGE : null,
                        ProblemType.UNAVAILABLE)
                .filter(type -> type != null);
    }

    private static void addIfAbsent(APIResponses responses, String status, String description) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }

    private static void describe(String status, APIResponse response, Operation operation) {
        if (!WORD.matcher(response.getDescription()).find()) {
            response.description(
                    response.getDescription() + " (`" + only(status).word() + "`)");
        }
        MediaType problem =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        WORD.matcher(response.getDescription())
                .results()
                .map(match -> type(match.group(1), status))
                .forEach(type -> problem.addExample(
                        type.word(), OASFactory.createExample().value(example(type, operation))));
        response.content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
        if (status.equals(Integer.toString(ProblemType.UNAVAILABLE.status()))) {
            response.addHeader(
                    "Retry-After",
                    OASFactory.createHeader()
                            .description("Seconds after which to retry")
                            .schema(OASFactory.createSchema()
                                    .addType(Schema.SchemaType.INTEGER)
                                    .addExample(Problem.RETRY_AFTER)));
        }
    }

    private static ProblemType only(String status) {
        List<ProblemType> types = Arrays.stream(ProblemType.values())
                .filter(type -> status.equals(Integer.toString(type.status())))
                .toList();
        if (types.size() != 1) {
            throw new IllegalArgumentException(
                    "the description of a " + status + " must name a problem type: one of " + types);
        }
        return types.get(0);
    }

    private static ProblemType type(String word, String status) {
        ProblemType type = ProblemType.of(word);
        if (type.status() != 0 && !status.equals(Integer.toString(type.status()))) {
            throw new IllegalArgumentException(word + " is not a problem of status " + status);
        }
        return type;
    }

    /** The example as JSON, with a fixed trace ID so that the document is reproducible. */
    private static Map<String, Object> example(ProblemType type, Operation operation) {
        boolean ofParameter = type == ProblemType.INVALID_INPUT && operation.getRequestBody() == null;
        Problem problem = ofParameter
                ? Problem.invalidInput(List.of(
                        FieldError.parameter(operation.getParameters().get(0).getName(), "is missing or malformed")))
                : type.example();
        Map<String, Object> example = StrictJson.tree(problem);
        example.put("traceId", TRACE_ID);
        return example;
    }
}
