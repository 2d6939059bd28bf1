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

/** {@code /trade/accounts}: all accounts, for operators. */
@Path("accounts")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts", description = "Accounts, their cash and positions")
public class AccountsResource {

    private final AccountDesk desk;
    private final LockWaits waits;
    private final KeptAccounts kept;

    @Inject
    public AccountsResource(AccountDesk desk, LockWaits waits, KeptAccounts kept) {
        this.desk = desk;
        this.waits = waits;
        this.kept = kept;
    }

    /** Accounts by their ids, a page at a time. */
    @GET
    @RolesAllowed(Roles.OPERATOR)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.OPERATOR)
    @Bulkhead(50)
    @Operation(
            operationId = "listAccounts",
            summary = "All accounts",
            description = "By account id; `nextCursor`, if there is one, is the `cursor` of the next page.")
    @APIResponse(
            responseCode = "200",
            description = "A page of accounts",
            content = @Content(schema = @Schema(implementation = AccountSummary.Page.class)))
    @APIResponse(responseCode = "400", description = "A parameter is malformed")
    @APIResponse(responseCode = "404", description = "The service does not check buying power, so it keeps no accounts")
    public AccountSummary.Page accounts(
            @Parameter(description = "How many, 1 to 200")
                    @QueryParam("limit")
                    @DefaultValue("50")
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = 200, message = "must be at most 200")
                    Integer limit,
            @Parameter(description = "The nextCursor of the page before") @QueryParam("cursor") @AccountId
                    String cursor) {
        kept.check();
        int most = limit == null ? 50 : limit;
        List<AccountSummary> found = desk.list(cursor == null ? "" : cursor, most + 1).stream()
                .map(AccountSummary::of)
                .toList();
        boolean more = found.size() > most;
        return new AccountSummary.Page(
                more ? found.subList(0, most) : found,
                more ? found.get(most - 1).account() : null);
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
                    "With the cash that the service is configured for. An account that is open is left as it is. One that was"
                            + " created for a booking of stock-balance is opened: the cash is added, and it becomes active.")
    @APIResponse(
            responseCode = "200",
            description = "The account was open before, or is closed",
            content = @Content(schema = @Schema(implementation = AccountSummary.class)))
    @APIResponse(
            responseCode = "201",
            description = "Opened",
            content = @Content(schema = @Schema(implementation = AccountSummary.class)))
    @APIResponse(responseCode = "400", description = "Not an account id")
    @APIResponse(responseCode = "404", description = "The service does not check buying power, so it keeps no accounts")
    @APIResponse(
            responseCode = "503",
            description = "The account main is not taken over yet; it is never opened. Try again")
    public Response open(
            @Parameter(description = "The account", example = "alice") @PathParam("account") @AccountId
                    String account) {
        kept.check();
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
                    "A suspended account takes no new orders; open ones still settle. Closing needs no open orders,"
                            + " no positions and no cash, and is final.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StatusChange.class)))
    @APIResponse(
            responseCode = "200",
            description = "The account as it is now",
            content = @Content(schema = @Schema(implementation = AccountSummary.class)))
    @APIResponse(responseCode = "400", description = "Not an account id, or no such status")
    @APIResponse(responseCode = "404", description = "The account is not opened, or the service keeps no accounts")
    @APIResponse(
            responseCode = "409",
            description = "It is to be closed and has open orders, positions or cash (`account-not-empty`)")
    @APIResponse(responseCode = "422", description = "It is closed for good (`account-closed`)")
    public AccountSummary change(
            @Parameter(description = "The account", example = "alice") @PathParam("account") @AccountId String account,
            StatusChange change) {
        kept.check();
        TradingAccount changed = waits.run(account, () -> desk.become(account, change.status()));
        return AccountSummary.of(changed);
    }
}
