package finmicro.items;

import finmicro.common.access.DescribedAccess;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Everything of this service is under {@code /stock}. */
@ApplicationPath("/stock")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-items",
                        version = "1.0",
                        description =
                                "Stock attributes and price history; stores the prices that the market publishes."))
@SecurityScheme(
        securitySchemeName = DescribedAccess.SCHEME,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An access token of the OIDC provider; none where everybody may call")
public class ItemsApplication extends Application {}
