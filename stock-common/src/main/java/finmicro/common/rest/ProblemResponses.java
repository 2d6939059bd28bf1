package finmicro.common.rest;

import finmicro.common.access.DescribedAccess;
import finmicro.common.problem.Problem;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Says once for all operations what is so for each: an answer of 400 and above is a problem document. */
public class ProblemResponses implements OASFilter {

    @Override
    public Operation filterOperation(Operation operation) {
        DescribedAccess.complete(operation);
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                describe(response);
            }
        });
        return operation;
    }

    private static void describe(APIResponse response) {
        Schema problem = OASFactory.createSchema().ref("#/components/schemas/Problem");
        response.content(OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem)));
    }
}
