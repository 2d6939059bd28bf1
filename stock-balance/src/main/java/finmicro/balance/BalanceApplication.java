package finmicro.balance;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The root of the API: {@code /balance}. */
@ApplicationPath("/balance")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stock-balance",
                        version = "1.0",
                        description = "Keeps the cash and holdings of accounts. Settles each trade exactly once."))
public class BalanceApplication extends Application {}
