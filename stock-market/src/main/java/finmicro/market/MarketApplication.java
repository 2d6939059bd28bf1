package finmicro.market;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The root of the API: {@code /market}. */
@ApplicationPath("/market")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-market",
                        version = "1.0",
                        description = "The simulated exchange: publishes prices, matches orders, publishes fills."))
public class MarketApplication extends Application {}
