package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.BalanceQueries;
import finmicro.balance.ledger.control.Booking;
import finmicro.balance.ledger.control.Bookings;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.balance.ledger.entity.SettlementBatch;
import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.trading.AccountId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /balance}: settles trades, and returns cash and holdings. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "balance", description = "Cash and holdings")
public class BalanceResource {

    private final Bookings bookings;
    private final BalanceQueries queries;
    private final CallerAccount accounts;

    @Inject
    public BalanceResource(Bookings bookings, BalanceQueries queries, CallerAccount accounts) {
        this.bookings = bookings;
        this.queries = queries;
        this.accounts = accounts;
    }

    /** Settles a trade once. Repeated trade numbers get the first response. */
    @POST
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(100)
    @Operation(
            operationId = "settleTrade",
            summary = "Settle a filled trade",
            description =
                    "A BUY debits the settlement amount from cash and adds to the holding; a SELL does the reverse."
                            + " Idempotent by trade number: a repeated request gets the first response.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Settlement.class)))
    @APIResponse(
            responseCode = "200",
            description = "Settled, by this or an earlier request",
            content = @Content(schema = @Schema(implementation = SettledBalance.class)))
    @APIResponse(responseCode = "400", description = "Not a valid fill; the problem names each invalid field")
    @APIResponse(
            responseCode = "409",
            description = "The trade number was settled with different content (`settlement-conflict`)")
    public SettledBalance settle(Settlement trade) {
        return SettledBalance.of(
                bookings.settle(List.of(Booking.external(trade, io.opentelemetry.context.Context.current())))
                        .get(0));
    }

    /** Settles several trades atomically. Each gets the response of a single request. */
    @POST
    @Path("batch")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(100)
    @Operation(
            operationId = "settleTrades",
            summary = "Settle filled trades together",
            description =
                    "Settles all trades or none, in order. Idempotent by trade number: a trade that was settled before,"
                            + " or earlier in the batch, gets the first response.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SettlementBatch.class)))
    @APIResponse(
            responseCode = "200",
            description = "Settled, by this or an earlier request",
            content = @Content(schema = @Schema(implementation = SettledBatch.class)))
    @APIResponse(
            responseCode = "400",
            description = "Not 1 to 100 valid fills; the problem names each invalid field, and nothing is settled")
    @APIResponse(
            responseCode = "409",
            description =
                    "The trade number was settled with different content (`settlement-conflict`); nothing is settled")
    public SettledBatch settle(SettlementBatch batch) {
        return SettledBatch.of(bookings.settle(batch.contracts().stream()
                .map(entry -> Booking.external(entry.contract(), entry.traceparent()))
                .toList()));
    }

    /** Returns cash and all holdings. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Bulkhead(50)
    @Operation(
            operationId = "getBalance",
            summary = "Get cash and all holdings",
            description = "In whole yen and shares. Only bookings change them.")
    @APIResponse(
            responseCode = "200",
            description = "The balances",
            content = @Content(schema = @Schema(implementation = Balances.class)))
    public Balances balances(
            @Parameter(description = AccountParameter.ONE) @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Context SecurityContext security) {
        return Balances.of(queries.balance(accounts.one(security, account)));
    }
}
