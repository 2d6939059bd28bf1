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

/** What stock-trade reads to agree with the ledger. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ledger", description = "Entries, and what stock-trade needs to agree with them")
public class FeedResource {

    private static final int DEFAULT = 100;
    private static final int MOST = 500;

    private final FeedQueries queries;
    private final CallerAccount accounts;

    @Inject
    public FeedResource(FeedQueries queries, CallerAccount accounts) {
        this.queries = queries;
        this.accounts = accounts;
    }

    /** The bookings after a position that stock-trade did not ask for. */
    @GET
    @Path("feed")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(50)
    @Operation(
            operationId = "readFeed",
            summary = "Bookings from elsewhere",
            description =
                    "What was booked through POST /balance and POST /balance/batch, and what old programs have"
                            + " changed. Positions become visible in their order: a reader that has seen one has seen all before it.")
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
            @Parameter(description = "How many at most")
                    @QueryParam("limit")
                    @DefaultValue("" + DEFAULT)
                    @Min(value = 1, message = "must be 1 to " + MOST)
                    @Max(value = MOST, message = "must be 1 to " + MOST)
                    Integer limit) {
        return FeedPage.of(queries.after(after == null ? 0 : after, limit == null ? DEFAULT : limit));
    }

    /** Cash and shares of an account, with the points of its history and of the feed that they are of. */
    @GET
    @Path("snapshot")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(50)
    @Operation(
            operationId = "readSnapshot",
            summary = "An account at one point of its history",
            description =
                    "Read by one statement. What old programs have changed in the account `main` is booked before.")
    @APIResponse(
            responseCode = "200",
            description = "The snapshot; of an unknown account one with nothing in it",
            content = @Content(schema = @Schema(implementation = AccountSnapshot.class)))
    public AccountSnapshot snapshot(
            @Parameter(description = "The account, by default `main`") @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Context SecurityContext security) {
        String one = accounts.one(security, account);
        return AccountSnapshot.of(one, queries.snapshot(one));
    }

    /** Which of the trades are booked by then. */
    @POST
    @Path("booked")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(50)
    @Operation(
            operationId = "findBookedTrades",
            summary = "Which trades are booked by a point of an account's history",
            description = "Trades that were booked before the ledger had entries count as booked at any point.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BookedQuery.class),
                            example = "{\"sequence\":5,\"tradeNos\":[9001,9002]}"))
    @APIResponse(
            responseCode = "200",
            description = "The booked ones",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BookedTrades.class),
                            example = "{\"tradeNos\":[9001]}"))
    public BookedTrades booked(BookedQuery query) {
        return new BookedTrades(queries.booked(query.accountOrMain(), query.sequence(), query.tradeNos()));
    }
}
