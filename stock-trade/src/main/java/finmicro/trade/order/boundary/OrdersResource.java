package finmicro.trade.order.boundary;

import finmicro.common.access.AccountScope;
import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.trading.AccountId;
import finmicro.trade.order.control.IdempotencyKeys;
import finmicro.trade.order.control.OrderCancel;
import finmicro.trade.order.control.OrderIntake;
import finmicro.trade.order.control.OrderQueries;
import finmicro.trade.order.control.StockCodes;
import finmicro.trade.order.control.TradeNumbers;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import io.opentelemetry.api.trace.Span;
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
import java.util.Optional;
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

/** {@code /trade/order}: places orders and tells what became of them. */
@Path("order")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders", description = "Orders, and what became of them")
public class OrdersResource {

    /** What the description says of the parameter that names an account. */
    static final String ACCOUNT =
            "The account. A trader and a viewer have their own and need not name it; without it an operator has all, and"
                    + " a caller without a token has `main`";

    private final CallerAccount accounts;
    private final StockCodes codes;
    private final TradeNumbers numbers;
    private final IdempotencyKeys keys;
    private final OrderIntake intake;
    private final OrderCancel cancel;
    private final OrderQueries book;

    @Inject
    public OrdersResource(
            CallerAccount accounts,
            StockCodes codes,
            TradeNumbers numbers,
            IdempotencyKeys keys,
            OrderIntake intake,
            OrderCancel cancel,
            OrderQueries book) {
        this.accounts = accounts;
        this.codes = codes;
        this.numbers = numbers;
        this.keys = keys;
        this.intake = intake;
        this.cancel = cancel;
        this.book = book;
    }

    /**
     * Places an order. The number is taken before the transaction: one that is not used leaves a gap. Under a key that was
     * taken before, nothing is placed and the trade of then is answered.
     */
    @POST
    @RolesAllowed(Roles.TRADER)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.TRADER)
    @Bulkhead(200)
    @Operation(
            operationId = "placeOrder",
            summary = "Place an order",
            description =
                    "The order is numbered, kept, and told to the market, which fills it or not; see what became of it"
                            + " under its trade number. The body needs no content type. With an Idempotency-Key the same"
                            + " order can safely be sent again, as after a 503 or no answer at all.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OrderRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Accepted, now or before under the same Idempotency-Key",
            headers =
                    @Header(
                            name = "Location",
                            description = "The trade",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = OrderView.Accepted.class)))
    @APIResponse(
            responseCode = "400",
            description = "Not an order, or no such stock; each field at fault is named. Nothing was stored")
    @APIResponse(
            responseCode = "422",
            description = "The order cannot be paid for (`insufficient-funds`), sells what the account does not have"
                    + " (`insufficient-holdings`), the account takes no orders (`unknown-account`, `account-suspended`,"
                    + " `account-closed`), or another order was placed under this Idempotency-Key"
                    + " (`idempotency-key-reused`): `tradeNo` is its trade number")
    @APIResponse(
            responseCode = "503",
            description =
                    "The database, the counter or stock-items is away, the account is busy, or too many orders come at"
                            + " once. Try again after Retry-After seconds, best under an Idempotency-Key: when the database goes away at the"
                            + " very end, the order may have been stored")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "The client's own name of this order, 1 to 255 visible ASCII characters, for a day: sent again"
                            + " under it, the order is placed once and answered with the same trade. `k` and the quoted"
                            + " string `\"k\"` (RFC 8941) are the same key. A UUID is good",
            schema = @Schema(implementation = String.class, pattern = IdempotencyKey.FORM))
    public Response place(@Context HttpHeaders headers, @Context SecurityContext caller, OrderRequest order) {
        String account = accounts.toTrade(caller, order.account());
        Optional<String> key = IdempotencyKey.of(headers);
        Trade trade =
                key.flatMap(text -> keys.trade(account, text)).orElseGet(() -> place(account, order, key.orElse(null)));
        Span.current().setAttribute(Telemetry.TRADE_NO, trade.tradeNo());
        if (!trade.isOf(order)) {
            throw Problem.keyReused(trade.tradeNo()).exception();
        }
        return Response.status(Response.Status.CREATED)
                // As text: a path of its own holds behind any load balancer.
                .header(HttpHeaders.LOCATION, "/trade/order/" + trade.tradeNo())
                .entity(OrderView.accepted(trade))
                .build();
    }

    private Trade place(String account, OrderRequest order, String key) {
        codes.check(order.stockCode());
        long tradeNo = numbers.next();
        return LogContext.of(tradeNo)
                .wrapSupplier(() -> intake.place(
                        new NumberedOrder(tradeNo, account, order, key, io.opentelemetry.context.Context.current())))
                .get();
    }

    /** One trade, with its contract once there is one. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Path("{tradeNo: [0-9]+}")
    @Bulkhead(100)
    @Operation(
            operationId = "getOrder",
            summary = "One order",
            description = "Where the order stands, with its contract once it is contracted.")
    @APIResponse(
            responseCode = "200",
            description = "The order",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "404", description = "No such order")
    public OrderView order(
            @Parameter(description = "The trade number", example = "10001") @PathParam("tradeNo") long tradeNo,
            @Parameter(description = ACCOUNT) @QueryParam(CallerAccount.PARAMETER) @AccountId String account,
            @Context SecurityContext caller) {
        return book.find(accounts.scope(caller, account), tradeNo)
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
                    "As long as the order is open. What is reserved for it is released; a fill that comes later has no"
                            + " effect.")
    @APIResponse(responseCode = "204", description = "Cancelled")
    @APIResponse(responseCode = "404", description = "No such order")
    @APIResponse(
            responseCode = "409",
            description = "The order is no longer open: contracted, failed, or cancelled (`order-not-open`)")
    public void cancel(
            @Parameter(description = "The trade number", example = "10001") @PathParam("tradeNo") long tradeNo,
            @Parameter(description = ACCOUNT) @QueryParam(CallerAccount.PARAMETER) @AccountId String account,
            @Context SecurityContext caller) {
        AccountScope scope = accounts.scope(caller, account);
        LogContext.of(tradeNo).wrap(() -> cancel.cancel(tradeNo, scope)).run();
    }
}
