package finmicro.common.access;

import java.util.List;
import org.eclipse.microprofile.openapi.models.Operation;

/** Has the description of an operation say which roles it takes, as its {@code @SecurityRequirement} has them. */
public final class DescribedAccess {

    /** The name of the security scheme; every service declares it, for "Authorize". */
    public static final String SCHEME = "bearer";

    private DescribedAccess() {}

    /** Names the roles. */
    public static void complete(Operation operation) {
        List<String> roles = operation.getSecurity() == null
                ? List.of()
                : operation.getSecurity().stream()
                        .flatMap(requirement -> requirement.getSchemes().getOrDefault(SCHEME, List.of()).stream())
                        .toList();
        if (!roles.isEmpty()) {
            operation.description(operation.getDescription() + " Where `AUTH=jwt`, it takes the role "
                    + String.join(" or ", roles) + ".");
        }
    }
}
