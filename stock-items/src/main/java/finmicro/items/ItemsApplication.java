package finmicro.items;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The root of the API: {@code /stock}. */
@ApplicationPath("/stock")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-items",
                        version = "1.0",
                        description =
                                "Serves stock attributes and price history. Stores the prices that the market publishes."))
public class ItemsApplication extends Application {}
