package finmicro.balance.feed.boundary;

import finmicro.balance.feed.control.FeedQueries;
import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.trading.AccountId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets stock-trade follow the ledger. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ledger", description = "Entries, and their synchronization with stock-trade")
public class FeedResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final FeedQueries queries;
    private final CallerAccount accounts;

    @Inject
    public FeedResource(FeedQueries queries, CallerAccount accounts) {
        this.queries = queries;
        this.accounts = accounts;
    }

    /** Returns the bookings after a position that stock-trade did not request. */
    @GET
    @Path("feed")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(50)
    @Operation(
            operationId = "readFeed",
            summary = "Read bookings of other callers",
            description =
                    "Returns trades settled through POST /balance and POST /balance/batch, and changes made by old programs."
                            + " Positions become visible in order: a reader that has seen a position has seen all earlier ones.")
    @APIResponse(
            responseCode = "200",
            description = "The bookings after the position",
            content = @Content(schema = @Schema(implementation = FeedPage.class)))
    public FeedPage feed(
            @Parameter(description = "The last position that the caller has seen")
                    @QueryParam("after")
                    @DefaultValue("0")
                    @Min(value = 0, message = "must be at least 0")
                    Long after,
            @Parameter(description = "Maximum number of bookings")
                    @QueryParam("limit")
                    @DefaultValue("" + DEFAULT_LIMIT)
                    @Min(value = 1, message = "must be 1 to " + MAX_LIMIT)
                    @Max(value = MAX_LIMIT, message = "must be 1 to " + MAX_LIMIT)
                    Integer limit) {
        return FeedPage.of(queries.after(after == null ? 0 : after, limit == null ? DEFAULT_LIMIT : limit));
    }

    /** Returns cash and shares of an account, with its sequence number and the feed position at that moment. */
    @GET
    @Path("snapshot")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(50)
    @Operation(
            operationId = "readSnapshot",
            summary = "Read the balances of an account with their sequence number",
            description =
                    "A consistent snapshot. Changes that old programs made to the account `main` are booked first.")
    @APIResponse(
            responseCode = "200",
            description = "The snapshot; empty for an unknown account",
            content = @Content(schema = @Schema(implementation = AccountSnapshot.class)))
    public AccountSnapshot snapshot(
            @Parameter(description = "The account; `main` by default") @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Context SecurityContext security) {
        String id = accounts.one(security, account);
        return AccountSnapshot.of(id, queries.snapshot(id));
    }

    /** Returns the trades of the query that are booked by then. */
    @POST
    @Path("booked")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(50)
    @Operation(
            operationId = "findBookedTrades",
            summary = "Find trades booked up to a point in an account's history",
            description = "Trades that were settled before the ledger had entries count as booked at any point.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BookedQuery.class),
                            example = "{\"sequence\":5,\"tradeNos\":[9001,9002]}"))
    @APIResponse(
            responseCode = "200",
            description = "The booked trades",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BookedTrades.class),
                            example = "{\"tradeNos\":[9001]}"))
    public BookedTrades booked(BookedQuery query) {
        return new BookedTrades(queries.booked(query.accountOrMain(), query.sequence(), query.tradeNos()));
    }
}
