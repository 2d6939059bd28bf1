package finmicro.balance.reconciliation.boundary;

import finmicro.balance.reconciliation.control.BookedEntries;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.json.InvalidInput;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.EntryCursor;
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
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /balance/reconciliation}: checks balances, and lists entries for stock-trade to compare with its own. */
@Path("reconciliation")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ledger", description = "Entries, and their synchronization with stock-trade")
public class ReconciliationResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final AccountSlices slices;
    private final BookedEntries entries;

    @Inject
    public ReconciliationResource(AccountSlices slices, BookedEntries entries) {
        this.slices = slices;
        this.entries = entries;
    }

    /** Checks the accounts after the cursor. */
    @POST
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(20)
    @Operation(
            operationId = "reconcileLedger",
            summary = "Compare balances with their entries",
            description =
                    "Checks up to 100 accounts, ordered by id. The service also does this every minute. Never corrects a balance.")
    @APIResponse(
            responseCode = "200",
            description = "The number of accounts and entries checked, and the differences",
            content = @Content(schema = @Schema(implementation = LedgerReconciliation.class)))
    @APIResponse(responseCode = "400", description = "Not a cursor")
    public LedgerReconciliation reconcile(
            @Parameter(description = "The nextCursor of the previous response") @QueryParam("cursor") @AccountId
                    String cursor) {
        return LedgerReconciliation.of(slices.check(cursor == null ? "" : cursor));
    }

    /** Returns entries ordered by time. */
    @GET
    @Path("entries")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(20)
    @Operation(
            operationId = "listEntries",
            summary = "List entries of all accounts by time",
            description =
                    "Returns only entries older than five minutes, so that no earlier entry becomes visible later.")
    @APIResponse(
            responseCode = "200",
            description = "Entries ordered by time, account and sequence",
            content = @Content(schema = @Schema(implementation = EntryList.class)))
    @APIResponse(responseCode = "400", description = "A parameter is malformed")
    public EntryList entries(
            @Parameter(
                            description = "A time in UTC, or the `place` of the last entry",
                            required = true,
                            example = "2020-06-07T06:25:04Z",
                            schema = @Schema(implementation = String.class, pattern = "^" + EntryCursor.FORM + "$"))
                    @QueryParam("after")
                    String after,
            @Parameter(description = "Maximum number of entries")
                    @QueryParam("limit")
                    @DefaultValue("" + DEFAULT_LIMIT)
                    @Min(value = 1, message = "must be 1 to " + MAX_LIMIT)
                    @Max(value = MAX_LIMIT, message = "must be 1 to " + MAX_LIMIT)
                    Integer limit) {
        return EntryList.of(entries.after(place(after), limit == null ? DEFAULT_LIMIT : limit));
    }

    private static EntryCursor place(String after) {
        if (after == null || after.isEmpty()) {
            throw InvalidInput.parameter("after", "is missing");
        }
        try {
            return EntryCursor.of(after);
        } catch (IllegalArgumentException e) {
            throw InvalidInput.parameter("after", "must be a time in UTC, or the place of an entry");
        }
    }

    /** Returns the entries that have these keys. */
    @POST
    @Path("entries")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(20)
    @Operation(
            operationId = "findEntries",
            summary = "Find entries by their keys",
            description = "Unknown keys are omitted from the response.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EntryQuery.class),
                            example = "{\"keys\":[\"trade-9001\",\"opening-alice\"]}"))
    @APIResponse(
            responseCode = "200",
            description = "The entries that are booked",
            content = @Content(schema = @Schema(implementation = EntryList.class)))
    @APIResponse(responseCode = "400", description = "Not 1 to 500 keys")
    public EntryList find(EntryQuery query) {
        return EntryList.of(entries.find(query.keys()));
    }
}
