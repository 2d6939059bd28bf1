package finmicro.trade.reconciliation.boundary;

import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.trading.AccountId;
import finmicro.trade.operator.boundary.AccountsGuard;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /trade/reconciliation}: reconciles accounts, journal and ledger. */
@Path("reconciliation")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts", description = "Accounts, their cash and positions")
public class ReconciliationResource {

    private final ReconciliationRun run;
    private final AccountsGuard guard;

    @Inject
    public ReconciliationResource(ReconciliationRun run, AccountsGuard guard) {
        this.run = run;
        this.guard = guard;
    }

    /** Reconciles a page of accounts immediately. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.OPERATOR)
    @Bulkhead(20)
    @Operation(
            operationId = "reconcile",
            summary = "Reconcile accounts, their effects and the ledger now",
            description =
                    "Checks up to 100 accounts, ordered by id, in both services, and compares what both booked until five"
                            + " minutes ago. The services also do this automatically every minute. Nothing is corrected. A"
                            + " difference is reported until it is fixed.")
    @APIResponse(
            responseCode = "200",
            description = "What was compared, and the differences",
            content = @Content(schema = @Schema(implementation = ReconciliationView.class)))
    @APIResponse(responseCode = "400", description = "Invalid cursor")
    @APIResponse(responseCode = "404", description = "The service does not check buying power, so it has no accounts")
    public ReconciliationView reconcile(
            @Parameter(description = "The `nextCursor` of the previous page") @QueryParam("cursor") @AccountId
                    String cursor) {
        guard.requireEnabled();
        return ReconciliationView.of(run.run(cursor == null ? "" : cursor));
    }
}
