package finmicro.trade.page.boundary;

import finmicro.trade.TradeConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /trade/configuration}: what the page asks first. */
@Path("configuration")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "page", description = "The screen to trade on")
public class ConfigurationResource {

    private final PageConfiguration configuration;

    @Inject
    public ConfigurationResource(TradeConfig config) {
        configuration = PageConfiguration.of(config.pageItems(), config.pageBalance(), config.signIn());
    }

    /** Where the page finds the other services. */
    @GET
    @PermitAll
    @Operation(
            operationId = "getConfiguration",
            summary = "Where the page finds the other services, and how people sign in",
            description = "What the screen at / asks first. Nothing in it is secret.")
    @APIResponse(
            responseCode = "200",
            description = "The configuration",
            content = @Content(schema = @Schema(implementation = PageConfiguration.class)))
    public PageConfiguration configuration() {
        return configuration;
    }
}
