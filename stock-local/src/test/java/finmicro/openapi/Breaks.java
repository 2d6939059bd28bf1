package finmicro.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedApiResponse;
import org.openapitools.openapidiff.core.model.ChangedMediaType;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedResponse;
import org.openapitools.openapidiff.core.model.ChangedSchema;

/** What in a description breaks clients that were written to an older one. */
final class Breaks {

    private Breaks() {}

    /**
     * @param promised the older description, YAML
     * @param current YAML
     * @return each operation that is gone or changed so that an old client may fail
     */
    static List<String> between(String promised, String current) {
        ChangedOpenApi changes = OpenApiCompare.fromContents(readable(promised), readable(current));
        List<String> breaks = new ArrayList<>();
        changes.getMissingEndpoints()
                .forEach(gone -> breaks.add(gone.getMethod() + " " + gone.getPathUrl() + " is gone"));
        changes.getChangedOperations().stream()
                .filter(changed -> changed.isIncompatible() || losesAnswer(changed))
                .map(changed -> changed.getHttpMethod() + " " + changed.getPathUrl())
                .forEach(breaks::add);
        return breaks;
    }

    /** It does not see the types of OpenAPI 3.1; all else that is in these descriptions is the same in 3.0. */
    private static String readable(String description) {
        return description.replace("openapi: 3.1.0", "openapi: 3.0.3");
    }

    /** It takes no offence at an optional field that is no longer answered; a client that reads it does. */
    private static boolean losesAnswer(ChangedOperation operation) {
        return Optional.ofNullable(operation.getApiResponses()).map(ChangedApiResponse::getChanged).stream()
                .flatMap(responses -> responses.values().stream())
                .map(ChangedResponse::getContent)
                .flatMap(content -> content == null ? Stream.of() : content.getChanged().values().stream())
                .map(ChangedMediaType::getSchema)
                .anyMatch(Breaks::losesField);
    }

    private static boolean losesField(ChangedSchema schema) {
        return schema != null
                && (!schema.getMissingProperties().isEmpty()
                        || losesField(schema.getItems())
                        || values(schema.getChangedProperties()).anyMatch(Breaks::losesField));
    }

    private static Stream<ChangedSchema> values(Map<String, ChangedSchema> properties) {
        return Optional.ofNullable(properties).map(Map::values).stream().flatMap(Collection::stream);
    }
}
