package finmicro.trade.operator.boundary;

import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.json.InvalidInput;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.operator.control.CashDesk;
import finmicro.trade.order.boundary.IdempotencyKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /trade/cash-movements}: deposits and withdrawals. */
@Path("cash-movements")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts", description = "Accounts, their cash and positions")
public class CashMovementsResource {

    private final CashDesk desk;
    private final LockWaits waits;
    private final CallerAccount callers;
    private final AccountsGuard guard;

    @Inject
    public CashMovementsResource(CashDesk desk, LockWaits waits, CallerAccount callers, AccountsGuard guard) {
        this.desk = desk;
        this.waits = waits;
        this.callers = callers;
        this.guard = guard;
    }

    /** Books a deposit or withdrawal. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.OPERATOR)
    @Bulkhead(50)
    @Operation(
            operationId = "moveCash",
            summary = "Deposit or withdraw cash",
            description = "Changes buying power immediately; the ledger books it within seconds. A retry with the same"
                    + " Idempotency-Key is booked once. The key never expires.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CashMovementRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Booked now, or by an earlier request with the same Idempotency-Key",
            content = @Content(schema = @Schema(implementation = CashMovementView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The body is invalid, or the Idempotency-Key is missing. Names each invalid field")
    @APIResponse(responseCode = "404", description = "The service does not check buying power, so it has no accounts")
    @APIResponse(
            responseCode = "422",
            description = "A withdrawal exceeds the available cash (`insufficient-funds`), the account is not open"
                    + " (`unknown-account`, `account-closed`), or the key was used for another movement"
                    + " (`idempotency-key-reused`)")
    @APIResponse(
            responseCode = "503",
            description = "The account is busy, or the account main has not been taken over yet. Try again")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            required = true,
            example = "8e03978e-40d5-43e8-bc93-6894a57f9324",
            description = "Chosen by the client, for example a UUID: 1 to 255 visible ASCII characters, never reused"
                    + " for another movement of the account",
            schema = @Schema(implementation = String.class, pattern = IdempotencyKey.FORM))
    public Response move(@Context HttpHeaders headers, @Context SecurityContext caller, CashMovementRequest movement) {
        String account = callers.one(caller, movement.account());
        guard.requireEnabled();
        String key = IdempotencyKey.of(headers)
                .orElseThrow(() -> InvalidInput.parameter(IdempotencyKey.HEADER, "is missing"));
        CashMovementView booked = CashMovementView.of(waits.run(
                account,
                () -> desk.book(account, key, movement.type().kind(), movement.amount(), movement.reference())));
        return Response.status(Response.Status.CREATED).entity(booked).build();
    }
}
