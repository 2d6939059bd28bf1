package finmicro.trade;

import finmicro.common.access.DescribedAccess;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Everything of this service is under {@code /trade}. */
@ApplicationPath("/trade")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-trade",
                        version = "1.0",
                        description = "Takes orders, sends them to the market, records contracts, has them settled."))
@SecurityScheme(
        securitySchemeName = DescribedAccess.SCHEME,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An access token of the OIDC provider; none where everybody may call")
public class TradeApplication extends Application {}
