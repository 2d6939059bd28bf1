package finmicro.trade.order.boundary;

import finmicro.common.access.AccountScope;
import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.LogContext;
import finmicro.common.trading.AccountId;
import finmicro.trade.order.control.OrderCancel;
import finmicro.trade.order.control.OrderQueries;
import finmicro.trade.order.control.PlaceOrder;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /trade/order}: places, reads and cancels orders. */
@Path("order")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders", description = "Orders and their outcomes")
public class OrdersResource {

    /** The description of the account parameter. */
    static final String ACCOUNT =
            "The account. Optional for traders and viewers, who have one account. Without it, an operator reaches all"
                    + " accounts, and a caller without a token reaches `main`";

    private final CallerAccount accounts;
    private final PlaceOrder placement;
    private final OrderCancel cancel;
    private final OrderQueries queries;

    @Inject
    public OrdersResource(CallerAccount accounts, PlaceOrder placement, OrderCancel cancel, OrderQueries queries) {
        this.accounts = accounts;
        this.placement = placement;
        this.cancel = cancel;
        this.queries = queries;
    }

    /** Places an order. If the key was used before, this places nothing and returns the trade of that order. */
    @POST
    @RolesAllowed(Roles.TRADER)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.TRADER)
    @Bulkhead(200)
    @Operation(
            operationId = "placeOrder",
            summary = "Place an order",
            description =
                    "Stores the order under a trade number and sends it to the market. Use the trade number to see whether"
                            + " it was filled. The body needs no content type. With an Idempotency-Key it is safe to retry,"
                            + " for example after a 503 or a timeout.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OrderRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Accepted, by this request or an earlier one with the same Idempotency-Key",
            headers =
                    @Header(
                            name = "Location",
                            description = "The trade",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = OrderView.Accepted.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "The order is invalid or its stock is unknown. The problem lists each invalid field. Nothing was stored")
    @APIResponse(
            responseCode = "422",
            description =
                    "Insufficient buying power (`insufficient-funds`) or shares (`insufficient-holdings`), the account"
                            + " does not accept orders (`unknown-account`, `account-suspended`, `account-closed`), or the"
                            + " Idempotency-Key was used for a different order (`idempotency-key-reused`), whose trade number is"
                            + " `tradeNo`")
    @APIResponse(
            responseCode = "503",
            description =
                    "The database, the counter or stock-items is unavailable, the account is busy, or there are too many"
                            + " concurrent orders. Retry after Retry-After seconds. Use an Idempotency-Key, because the order"
                            + " may have been stored if the database failed during the commit")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "The client's identifier for this order, 1 to 255 visible ASCII characters, such as a UUID. For a day,"
                            + " a retry with the same key returns the same trade and does not place the order again. `k`"
                            + " and the quoted string `\"k\"` (RFC 8941) are the same key",
            schema = @Schema(implementation = String.class, pattern = IdempotencyKey.FORM))
    public Response place(@Context HttpHeaders headers, @Context SecurityContext caller, OrderRequest order) {
        Trade trade = placement.place(accounts.toTrade(caller, order.account()), order, IdempotencyKey.of(headers));
        return Response.status(Response.Status.CREATED)
                // As text: a path without a host is valid behind any load balancer.
                .header(HttpHeaders.LOCATION, "/trade/order/" + trade.tradeNo())
                .entity(OrderView.accepted(trade))
                .build();
    }

    /** Returns one order, with its fill if it is filled. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Path("{tradeNo: [0-9]+}")
    @Bulkhead(100)
    @Operation(
            operationId = "getOrder",
            summary = "Get an order",
            description = "The order and its status, with its fill (`contract`) once it is filled.")
    @APIResponse(
            responseCode = "200",
            description = "The order",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "404", description = "No such order")
    public OrderView order(
            @Parameter(description = "The trade number", example = "10001") @PathParam("tradeNo") long tradeNo,
            @Parameter(description = ACCOUNT) @QueryParam(CallerAccount.PARAMETER) @AccountId String account,
            @Context SecurityContext caller) {
        return queries.find(accounts.scope(caller, account), tradeNo)
                .map(entry -> OrderView.of(
                        entry.trade(),
                        entry.fill()
                                .map(fill -> fill.contract(entry.trade().account()))
                                .orElse(null)))
                .orElseThrow(() -> Problem.noTrade(tradeNo).exception());
    }

    /** Cancels an order that is still open. */
    @DELETE
    @Produces(MediaType.WILDCARD)
    @RolesAllowed({Roles.TRADER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.OPERATOR})
    @Path("{tradeNo: [0-9]+}")
    @Bulkhead(50)
    @Operation(
            operationId = "cancelOrder",
            summary = "Cancel an order",
            description =
                    "Possible while the order is open. Releases its reserved cash and shares; a later fill has no effect.")
    @APIResponse(responseCode = "204", description = "Cancelled")
    @APIResponse(responseCode = "404", description = "No such order")
    @APIResponse(
            responseCode = "409",
            description = "The order is no longer open: filled, not filled, or cancelled (`order-not-open`)")
    public void cancel(
            @Parameter(description = "The trade number", example = "10001") @PathParam("tradeNo") long tradeNo,
            @Parameter(description = ACCOUNT) @QueryParam(CallerAccount.PARAMETER) @AccountId String account,
            @Context SecurityContext caller) {
        AccountScope scope = accounts.scope(caller, account);
        LogContext.of(tradeNo).wrap(() -> cancel.cancel(tradeNo, scope)).run();
    }
}
