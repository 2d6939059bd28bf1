package finmicro.balance;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** Everything of this service is under {@code /balance}. */
@ApplicationPath("/balance")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-balance",
                        version = "1.0",
                        description = "Holds cash and stock; applies a settled trade exactly once."))
public class BalanceApplication extends Application {}
