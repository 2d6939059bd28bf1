package finmicro.trade;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** All resources of this service are under {@code /trade}. */
@ApplicationPath("/trade")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-trade",
                        version = "1.0",
                        description = "Accepts orders, sends them to the market, records fills and settles them."))
public class TradeApplication extends Application {}
