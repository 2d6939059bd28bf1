package finmicro.items.attribute.boundary;

import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.problem.Problem;
import finmicro.common.trading.StockCode;
import finmicro.items.attribute.control.StockCatalogue;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /stock/attribute} and {@code /stock/attributes}: names and industries of stocks. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "attributes", description = "Names and industries of stocks")
public class AttributesResource {

    private final StockCatalogue catalogue;

    @Inject
    public AttributesResource(StockCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Returns one stock. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    @Path("attribute")
    @Bulkhead(100)
    @Operation(
            operationId = "getStock",
            summary = "Get a stock",
            description = "Returns the name and industry of the stock with this code.")
    @APIResponse(
            responseCode = "200",
            description = "The stock",
            content = @Content(schema = @Schema(implementation = Attribute.class)))
    @APIResponse(responseCode = "400", description = "The code is missing or malformed")
    @APIResponse(responseCode = "404", description = "No stock has this code")
    public Attribute attribute(
            @Parameter(required = true, description = "The stock code", example = "A002")
                    @QueryParam("stockCode")
                    @NotNull(message = "is missing")
                    @StockCode
                    String stockCode) {
        return catalogue
                .find(stockCode)
                .map(Attribute::of)
                .orElseThrow(() ->
                        Problem.notFound("no stock has the code " + stockCode).exception());
    }

    /** Returns all stocks. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    @Path("attributes")
    @Bulkhead(50)
    @Operation(
            operationId = "listStocks",
            summary = "List all stocks",
            description = "Returns every stock that can be ordered, sorted by code.")
    @APIResponse(
            responseCode = "200",
            description = "The stocks",
            content = @Content(schema = @Schema(implementation = Attribute.Page.class)))
    public Attribute.Page attributes() {
        return new Attribute.Page(catalogue.all().stream().map(Attribute::of).toList());
    }
}
