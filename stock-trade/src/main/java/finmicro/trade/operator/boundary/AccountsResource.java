package finmicro.trade.operator.boundary;

import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.trading.AccountId;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.account.entity.TradingAccount;
import finmicro.trade.operator.control.AccountDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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

/** {@code /trade/accounts}: manages accounts, for operators. */
@Path("accounts")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts", description = "Accounts, their cash and positions")
public class AccountsResource {

    private final AccountDesk desk;
    private final LockWaits waits;
    private final AccountsGuard guard;

    @Inject
    public AccountsResource(AccountDesk desk, LockWaits waits, AccountsGuard guard) {
        this.desk = desk;
        this.waits = waits;
        this.guard = guard;
    }

    /** Lists accounts by id, a page at a time. */
    @GET
    @RolesAllowed(Roles.OPERATOR)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.OPERATOR)
    @Bulkhead(50)
    @Operation(
            operationId = "listAccounts",
            summary = "List accounts",
            description = "Ordered by account id. To get the next page, send `nextCursor` as `cursor`.")
    @APIResponse(
            responseCode = "200",
            description = "A page of accounts",
            content = @Content(schema = @Schema(implementation = AccountSummary.Page.class)))
    @APIResponse(responseCode = "400", description = "A parameter is malformed")
    @APIResponse(responseCode = "404", description = "The service does not check buying power, so it has no accounts")
    public AccountSummary.Page accounts(
            @Parameter(description = "Maximum number of accounts, 1 to 200")
                    @QueryParam("limit")
                    @DefaultValue("50")
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = 200, message = "must be at most 200")
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the previous page") @QueryParam("cursor") @AccountId
                    String cursor) {
        guard.requireEnabled();
        int pageSize = limit == null ? 50 : limit;
        List<AccountSummary> found = desk.list(cursor == null ? "" : cursor, pageSize + 1).stream()
                .map(AccountSummary::of)
                .toList();
        boolean more = found.size() > pageSize;
        return new AccountSummary.Page(
                more ? found.subList(0, pageSize) : found,
                more ? found.get(pageSize - 1).account() : null);
    }

    /** Opens an account. */
    @PUT
    @RolesAllowed(Roles.OPERATOR)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.OPERATOR)
    @Path("{account}")
    @Bulkhead(50)
    @Operation(
            operationId = "openAccount",
            summary = "Open an account",
            description =
                    "Adds the configured opening cash and activates the account, also if a booking of stock-balance created"
                            + " it. Does not change an account that is already open or closed.")
    @APIResponse(
            responseCode = "200",
            description = "The account is already open, or is closed",
            content = @Content(schema = @Schema(implementation = AccountSummary.class)))
    @APIResponse(
            responseCode = "201",
            description = "Opened",
            content = @Content(schema = @Schema(implementation = AccountSummary.class)))
    @APIResponse(responseCode = "400", description = "Invalid account id")
    @APIResponse(responseCode = "404", description = "The service does not check buying power, so it has no accounts")
    @APIResponse(
            responseCode = "503",
            description = "The account main has not been taken over yet, and cannot be opened. Try again")
    public Response open(
            @Parameter(description = "The account", example = "alice") @PathParam("account") @AccountId
                    String account) {
        guard.requireEnabled();
        AccountDesk.Opened opened = waits.run(account, () -> desk.open(account));
        return Response.status(opened.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .entity(AccountSummary.of(opened.account()))
                .build();
    }

    /** Suspends, activates or closes an account. */
    @PATCH
    @RolesAllowed(Roles.OPERATOR)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.OPERATOR)
    @Path("{account}")
    @Bulkhead(50)
    @Operation(
            operationId = "changeAccount",
            summary = "Suspend, activate or close an account",
            description =
                    "A suspended account cannot place orders; open orders still settle. An account can be closed only without"
                            + " open orders, positions and cash. Closed is final.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StatusChange.class)))
    @APIResponse(
            responseCode = "200",
            description = "The changed account",
            content = @Content(schema = @Schema(implementation = AccountSummary.class)))
    @APIResponse(responseCode = "400", description = "Invalid account id or status")
    @APIResponse(responseCode = "404", description = "The account has not been opened, or the service has no accounts")
    @APIResponse(
            responseCode = "409",
            description = "The account to close still has open orders, positions or cash (`account-not-empty`)")
    @APIResponse(responseCode = "422", description = "The account is closed (`account-closed`)")
    public AccountSummary change(
            @Parameter(description = "The account", example = "alice") @PathParam("account") @AccountId String account,
            StatusChange change) {
        guard.requireEnabled();
        TradingAccount changed = waits.run(account, () -> desk.changeStatus(account, change.status()));
        return AccountSummary.of(changed);
    }
}
