package finmicro.trade.account.boundary;

import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.problem.Problem;
import finmicro.common.trading.Account;
import finmicro.common.trading.AccountId;
import finmicro.trade.account.control.AccountQueries;
import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.account.control.Openings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /trade/account}: the account of the caller. */
@Path("account")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts", description = "Accounts, their cash and positions")
public class AccountResource {

    private final AccountQueries queries;
    private final Openings openings;
    private final CallerAccount callers;
    private final boolean checked;

    @Inject
    public AccountResource(AccountQueries queries, Openings openings, CallerAccount callers, AccountSettings settings) {
        this.queries = queries;
        this.openings = openings;
        this.callers = callers;
        this.checked = settings.checksBuyingPower();
    }

    /** Returns cash, buying power and positions, as the next order is checked against them. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Bulkhead(50)
    @Operation(
            operationId = "getAccount",
            summary = "Get an account with its buying power",
            description =
                    "Includes every accepted order and every fill immediately. The ledger, `GET /balance`, follows"
                            + " within seconds.")
    @APIResponse(
            responseCode = "200",
            description = "The account. Before its first order: the account as that order will open it",
            content = @Content(schema = @Schema(implementation = AccountView.class)))
    @APIResponse(
            responseCode = "404",
            description = "The account has not been opened, or the service does not check buying power")
    @APIResponse(responseCode = "503", description = "The account main has not been taken over from stock-balance yet")
    public AccountView account(
            @Context SecurityContext caller,
            @Parameter(
                            description =
                                    "The account. Required for operators. Default: the account of the caller, or `main` without tokens")
                    @QueryParam(CallerAccount.PARAMETER)
                    @AccountId
                    String account) {
        String own = callers.one(caller, account);
        if (!checked) {
            throw Problem.notFound("Buying power is not checked (BUYING_POWER=off), so there are no accounts.")
                    .exception();
        }
        return queries.find(own).map(AccountView::of).orElseGet(() -> unopened(own));
    }

    private AccountView unopened(String account) {
        if (account.equals(Account.MAIN)) {
            throw Problem.unavailable("The account main has not been taken over from stock-balance yet. Try again.")
                    .exception();
        }
        if (!openings.isAutomatic()) {
            throw Problem.notFound("Account " + account + " has not been opened.")
                    .exception();
        }
        return AccountView.unopened(account, openings.cash());
    }
}
