package finmicro.trade.page.boundary;

import finmicro.trade.page.entity.PageSettings;
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

/** {@code /trade/configuration}: the configuration of the page. */
@Path("configuration")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "page", description = "The trading screen")
public class ConfigurationResource {

    private final PageConfiguration configuration;

    @Inject
    public ConfigurationResource(PageSettings settings) {
        configuration = PageConfiguration.of(settings);
    }

    /** Returns the configuration of the page. */
    @GET
    @PermitAll
    @Operation(
            operationId = "getConfiguration",
            summary = "Get the URLs of the other services and the sign-in settings",
            description = "The trading screen at / requests it first. Contains no secrets.")
    @APIResponse(
            responseCode = "200",
            description = "The configuration",
            content = @Content(schema = @Schema(implementation = PageConfiguration.class)))
    public PageConfiguration configuration() {
        return configuration;
    }
}
