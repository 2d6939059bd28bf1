package finmicro.trade;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** Everything of this service is under {@code /trade}. */
@ApplicationPath("/trade")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-trade",
                        version = "1.0",
                        description = "Takes orders, sends them to the market, records contracts, has them settled."))
public class TradeApplication extends Application {}
