package finmicro.common.openapi;

import finmicro.common.access.DescribedAccess;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Adds to the OpenAPI document what all operations have in common. Annotations describe the individual operation. */
public class Description implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        DescribedAccess.declare(api);
        Schemas schemas = new Schemas(api.getComponents().getSchemas());
        schemas.complete();
        api.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().values().forEach(operation -> complete(operation, schemas)));
        // A relative URL, so that the document is the same everywhere and "Try it out" works at any address.
        api.servers(List.of(OASFactory.createServer().url("/")));
    }

    private static void complete(Operation operation, Schemas schemas) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream().map(Parameter::getSchema).forEach(Schemas::fix);
        }
        if (operation.getRequestBody() != null) {
            addExamples(operation.getRequestBody().getContent(), schemas);
        }
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> addExamples(response.getContent(), schemas));
        DescribedAccess.complete(operation);
        ProblemResponses.complete(operation);
    }

    private static void addExamples(Content content, Schemas schemas) {
        if (content != null) {
            content.getMediaTypes().values().stream()
                    .filter(body -> body.getExample() == null && body.getSchema() != null)
                    .forEach(body -> body.example(schemas.example(body.getSchema())));
        }
    }
}
