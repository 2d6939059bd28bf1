package finmicro.common.openapi;

import finmicro.common.access.DescribedAccess;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says once for all operations what is so for each; annotations say what is special about one. */
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
        // Where the document came from, so that it is the same everywhere and "Try it out" works behind any address.
        api.servers(List.of(OASFactory.createServer().url("/")));
    }

    private static void complete(Operation operation, Schemas schemas) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream().map(Parameter::getSchema).forEach(Schemas::mend);
        }
        if (operation.getRequestBody() != null) {
            illustrate(operation.getRequestBody().getContent(), schemas);
        }
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> illustrate(response.getContent(), schemas));
        DescribedAccess.complete(operation);
        ProblemResponses.complete(operation);
    }

    private static void illustrate(Content content, Schemas schemas) {
        if (content != null) {
            content.getMediaTypes().values().stream()
                    .filter(body -> body.getExample() == null && body.getSchema() != null)
                    .forEach(body -> body.example(schemas.example(body.getSchema())));
        }
    }
}
