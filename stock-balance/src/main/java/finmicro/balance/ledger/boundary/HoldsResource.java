package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.Holds;
import finmicro.balance.ledger.entity.HoldRequest;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.lifecycle.Readiness;
import finmicro.common.persistence.GroupCommit;
import finmicro.common.problem.Problem;
import io.opentelemetry.context.Context;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /balance/holds}: reserves for stock-trade what an order will need. */
@Path("holds/{tradeNo}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "holds", description = "What is held for orders under way")
public class HoldsResource {

    private final Holds holds;
    private final GroupCommit<Holds.Placement, Optional<Problem>> places;

    @Inject
    public HoldsResource(Holds holds, Readiness readiness) {
        this.holds = holds;
        this.places = new GroupCommit<>("commit-holds", readiness, Holds.Placement::trace, holds::place);
    }

    /** Holds cash or shares for an order, in a transaction that it shares with others that are asked for at the same time. */
    @PUT
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(100)
    @Operation(
            operationId = "placeHold",
            summary = "Hold cash or shares for an order",
            description = "What is held is part of the balance, and no other order can have it. The settlement of the"
                    + " trade takes the hold's place. Sent again, it changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = HoldRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "Held, now or before",
            content = @Content(schema = @Schema(implementation = HoldRequest.class)))
    @APIResponse(responseCode = "400", description = "Not a hold; each field at fault is named")
    @APIResponse(
            responseCode = "409",
            description = "The trade's hold was released or settled before, or is another: nothing more is held for it"
                    + " (`hold-conflict`)")
    @APIResponse(
            responseCode = "422",
            description = "So much cash (`insufficient-funds`), or so many shares (`insufficient-holdings`), are not"
                    + " available")
    public HoldRequest place(
            @Parameter(description = "The trade number", example = "9002") @PathParam("tradeNo") @Positive long tradeNo,
            HoldRequest request) {
        Optional<Problem> refusal = places.submit(new Holds.Placement(tradeNo, request, Context.current()));
        if (refusal.isPresent()) {
            throw refusal.get().exception();
        }
        return request;
    }

    /** Releases what is held for an order that comes to nothing. */
    @DELETE
    @Produces(MediaType.WILDCARD)
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Transactional
    @Bulkhead(100)
    @Operation(
            operationId = "releaseHold",
            summary = "Release what is held for an order",
            description = "Whether there is a hold or not, there is none afterwards, and none can be placed for this"
                    + " trade number any more.")
    @APIResponse(responseCode = "204", description = "Nothing is held for it")
    public void release(
            @Parameter(description = "The trade number", example = "9002") @PathParam("tradeNo") @Positive
                    long tradeNo) {
        holds.release(tradeNo);
    }
}
