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
 * The answers of 400 and above. Those that follow from what an operation takes are added; each is given the problem document
 * with an example of every type that it can be. The types are the lower-case words in backticks of its description; where a
 * status has one type alone, that word need not be there.
 */
final class ProblemResponses {

    private static final Pattern WORD = Pattern.compile("`([a-z]+(?:-[a-z]+)*|about:blank)`");
    private static final String ANY_OTHER = "default";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private ProblemResponses() {}

    static void complete(Operation operation) {
        APIResponses responses = operation.getResponses();
        following(operation).forEach(type -> addIfAbsent(responses, Integer.toString(type.status()), type.meaning()));
        addIfAbsent(
                responses,
                ANY_OTHER,
                "Any other refusal or fault, as of a method, a media type or a URL that is none (`about:blank`)");
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                describe(status, response, operation);
            }
        });
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static Stream<ProblemType> following(Operation operation) {
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
                            .description("Seconds after which to try again")
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
                    "which problem type a " + status + " is has to be said: one of " + types);
        }
        return types.get(0);
    }

    private static ProblemType type(String word, String status) {
        ProblemType type = ProblemType.of(word);
        if (type.status() != 0 && !status.equals(Integer.toString(type.status()))) {
            throw new IllegalArgumentException(word + " is no problem of status " + status);
        }
        return type;
    }

    /** As it goes over the wire; under a trace that is the same in every document. */
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
