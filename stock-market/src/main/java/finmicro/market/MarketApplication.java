package finmicro.market;

import finmicro.common.access.DescribedAccess;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Everything of this service is under {@code /market}. */
@ApplicationPath("/market")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-market",
                        version = "1.0",
                        description = "The simulated exchange: publishes prices, matches orders, publishes contracts."))
@SecurityScheme(
        securitySchemeName = DescribedAccess.SCHEME,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An access token of the OIDC provider; none where everybody may call")
public class MarketApplication extends Application {}
