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

/** Finds changes of an OpenAPI description that break clients of an older one. */
final class Breaks {

    private Breaks() {}

    /**
     * @param promised the older description, YAML
     * @param current YAML
     * @return each operation that was removed, or changed so that an old client may fail
     */
    static List<String> between(String promised, String current) {
        ChangedOpenApi changes = OpenApiCompare.fromContents(readable(promised), readable(current));
        List<String> breaks = new ArrayList<>();
        changes.getMissingEndpoints()
                .forEach(removed -> breaks.add(removed.getMethod() + " " + removed.getPathUrl() + " was removed"));
        changes.getChangedOperations().stream()
                .filter(changed -> changed.isIncompatible() || losesResponseField(changed))
                .map(changed -> changed.getHttpMethod() + " " + changed.getPathUrl())
                .forEach(breaks::add);
        return breaks;
    }

    /** The comparison does not understand types of OpenAPI 3.1. Everything else in these descriptions is the same in 3.0. */
    private static String readable(String description) {
        return description.replace("openapi: 3.1.0", "openapi: 3.0.3");
    }

    /** The comparison accepts the removal of an optional response field, but a client that reads the field breaks. */
    private static boolean losesResponseField(ChangedOperation operation) {
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
