package finmicro.common.access;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Has a description say how callers are known, and which roles each operation takes, as its {@code @SecurityRequirement} has them. */
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
                                .description("An access token of the OIDC provider; none where everybody may call"));
    }

    /** Names the roles. */
    public static void complete(Operation operation) {
        List<String> roles = operation.getSecurity() == null
                ? List.of()
                : operation.getSecurity().stream()
                        .flatMap(requirement -> requirement.getSchemes().getOrDefault(SCHEME, List.of()).stream())
                        .toList();
        if (!roles.isEmpty()) {
            // Scopes are for OAuth2 and OpenID Connect alone: of another scheme, they make the document invalid.
            operation.addExtension("x-roles", roles);
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME)));
            operation.description(operation.getDescription() + " Where `AUTH=jwt`, it takes the role "
                    + String.join(" or ", roles) + ".");
        }
    }
}
