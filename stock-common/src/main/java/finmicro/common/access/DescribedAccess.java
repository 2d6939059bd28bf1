package finmicro.common.access;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Has the description of an operation say which roles it takes, which the server reads from {@code @RolesAllowed}. */
public final class DescribedAccess {

    /** The name of the security scheme; every service declares it, for "Authorize". */
    public static final String SCHEME = "bearer";

    private DescribedAccess() {}

    /** Names the roles, and the refusals that follow. */
    public static void complete(Operation operation) {
        List<String> roles = operation.getSecurity() == null
                ? List.of()
                : operation.getSecurity().stream()
                        .flatMap(requirement -> requirement.getSchemes().getOrDefault(SCHEME, List.of()).stream())
                        .toList();
        if (!roles.isEmpty()) {
            operation.description(operation.getDescription() + " Where `AUTH=jwt`, it takes the role "
                    + String.join(" or ", roles) + ".");
            add(operation.getResponses(), "401", "There is no valid access token (where `AUTH=jwt`)");
            add(operation.getResponses(), "403", "The caller has another role (where `AUTH=jwt`)");
        }
    }

    private static void add(APIResponses responses, String status, String description) {
        responses.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
    }
}
