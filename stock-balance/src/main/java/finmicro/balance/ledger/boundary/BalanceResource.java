package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.Ledger;
import finmicro.balance.ledger.control.Settlement;
import finmicro.balance.ledger.entity.ContractBatch;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.telemetry.Traces;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /balance}: settles trades, and tells cash and holdings. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "balance", description = "Cash and holdings")
public class BalanceResource {

    private final Ledger ledger;

    @Inject
    public BalanceResource(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Settles a trade once; a trade number seen before is answered as it was the first time. */
    @POST
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Transactional
    @Bulkhead(100)
    @Operation(
            operationId = "settleTrade",
            summary = "Settle a contracted trade",
            description = "A BUY takes the settlement amount from cash and adds to the holding, a SELL the other way."
                    + " A trade number is settled once: sent again, it is answered as the first time.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ContractTrade.class)))
    @APIResponse(
            responseCode = "200",
            description = "Settled, now or before",
            content = @Content(schema = @Schema(implementation = SettledBalance.class)))
    @APIResponse(responseCode = "400", description = "Not a contracted trade; each field at fault is named")
    public SettledBalance settle(ContractTrade trade) {
        return SettledBalance.of(ledger.settle(List.of(Settlement.of(trade))).get(0));
    }

    /**
     * Settles several trades, all of them or none, each as if it came alone. The transaction begins inside, for it is part
     * of the trace of each of them and not of the request's own.
     */
    @POST
    @Path("batch")
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(100)
    @Operation(
            operationId = "settleTrades",
            summary = "Settle contracted trades together",
            description =
                    "All of them or none, in their order, each as if it came alone: a trade number that was settled"
                            + " before, or earlier in the batch, is answered as the first time.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ContractBatch.class)))
    @APIResponse(
            responseCode = "200",
            description = "Settled, now or before",
            content = @Content(schema = @Schema(implementation = SettledBatch.class)))
    @APIResponse(
            responseCode = "400",
            description = "Not 1 to 100 contracted trades; each field at fault is named, and nothing is settled")
    public SettledBatch settle(ContractBatch batch) {
        List<Settlement> settlements =
                batch.contracts().stream().map(Settlement::of).toList();
        return Traces.together(settlements.stream().map(Settlement::trace).toList())
                .wrapSupplier(() -> SettledBatch.of(ledger.settle(settlements)))
                .get();
    }

    /** Cash and all holdings. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER})
    @Transactional
    @Bulkhead(50)
    @Operation(
            operationId = "getBalance",
            summary = "Cash and all holdings",
            description = "Whole yen and shares; nothing in it changes without a settlement.")
    @APIResponse(
            responseCode = "200",
            description = "The balances",
            content = @Content(schema = @Schema(implementation = Balances.class)))
    public Balances balances() {
        return Balances.of(ledger.books());
    }

    /** What new orders can count on. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER})
    @Path("buying-power")
    @Transactional
    @Bulkhead(50)
    @Operation(
            operationId = "getBuyingPower",
            summary = "What new orders can count on",
            description = "The balance less what is held for orders under way, in whole yen and shares.")
    @APIResponse(
            responseCode = "200",
            description = "Buying power, and what can be sold",
            content = @Content(schema = @Schema(implementation = BuyingPower.class)))
    public BuyingPower buyingPower() {
        return BuyingPower.of(ledger.books());
    }
}
