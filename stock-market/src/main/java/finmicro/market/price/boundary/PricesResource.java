package finmicro.market.price.boundary;

import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.time.JapanTime;
import finmicro.market.price.control.PriceBoard;
import finmicro.market.price.entity.PriceMessage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /market/prices}: returns the last prices, and publishes new ones. */
@Path("prices")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "prices", description = "Prices of the market")
public class PricesResource {

    /** Published prices. */
    @Schema(name = "PublishedPrices", description = "Published prices")
    public record Published(List<PriceMessage> prices) {}

    private final PriceBoard board;
    private final Clock clock;

    @Inject
    public PricesResource(PriceBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /** Returns the last published prices. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER})
    @Operation(
            operationId = "getLastPrices",
            summary = "Get the last prices",
            description = "Returns the prices that the market published last; empty before the first publication.")
    @APIResponse(
            responseCode = "200",
            description = "The prices",
            content = @Content(schema = @Schema(implementation = Published.class)))
    public Published last() {
        return new Published(board.last());
    }

    /** Draws and publishes new prices for the current minute. */
    @POST
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(20)
    @Operation(
            operationId = "publishPrices",
            summary = "Publish prices now",
            description =
                    "Draws new prices for the current minute and publishes them. They replace earlier prices of this minute.")
    @APIResponse(
            responseCode = "202",
            description = "Published; stock-items stores them from its queue",
            content = @Content(schema = @Schema(implementation = Published.class)))
    public Response publish() {
        LocalDateTime now = LocalDateTime.now(clock.withZone(JapanTime.JST));
        return Response.accepted(new Published(board.publishNew(now))).build();
    }
}
