package finmicro.common.access;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Describes authentication in the OpenAPI document, and the roles of each operation from its {@code @SecurityRequirement}. */
public final class DescribedAccess {

    /** The name of the security scheme. */
    public static final String SCHEME = "bearer";

    private DescribedAccess() {}

    /** Declares the security scheme, for "Authorize". */
    public static void declare(OpenAPI api) {
        api.getComponents()
                .addSecurityScheme(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("An access token of the OIDC provider. Not needed with `AUTH=off`"));
    }

    /** Adds the roles to the operation. */
    public static void complete(Operation operation) {
        List<String> roles = operation.getSecurity() == null
                ? List.of()
                : operation.getSecurity().stream()
                        .flatMap(requirement -> requirement.getSchemes().getOrDefault(SCHEME, List.of()).stream())
                        .toList();
        if (!roles.isEmpty()) {
            // Only OAuth2 and OpenID Connect schemes may have scopes; with another scheme the document is invalid.
            operation.addExtension("x-roles", roles);
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME)));
            operation.description(operation.getDescription() + " With `AUTH=jwt`, it requires the role "
                    + String.join(" or ", roles) + ".");
        }
    }
}
