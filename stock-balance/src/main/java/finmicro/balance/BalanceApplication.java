package finmicro.balance;

import finmicro.common.access.DescribedAccess;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Everything of this service is under {@code /balance}. */
@ApplicationPath("/balance")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-balance",
                        version = "1.0",
                        description = "Holds cash and stock; applies a settled trade exactly once."))
@SecurityScheme(
        securitySchemeName = DescribedAccess.SCHEME,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An access token of the OIDC provider; none where everybody may call")
public class BalanceApplication extends Application {}
