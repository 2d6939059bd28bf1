package finmicro.trade.order.boundary;

import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.rest.Csv;
import finmicro.common.rest.CsvFile;
import finmicro.common.rest.Downloads;
import finmicro.common.rest.Parameters;
import finmicro.common.trading.AccountId;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.order.control.OrderQueries;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.order.entity.TradeStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /trade/order}: lists orders. */
@Path("order")
@ApplicationScoped
@Tag(name = "orders", description = "Orders and their outcomes")
public class OrderListResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final CallerAccount accounts;
    private final OrderQueries queries;
    private final Downloads downloads;

    @Inject
    public OrderListResource(CallerAccount accounts, OrderQueries queries, Downloads downloads) {
        this.accounts = accounts;
        this.queries = queries;
        this.downloads = downloads;
    }

    /** Returns a page of orders, or all of them as a CSV file. One method, because OpenAPI has one GET operation per path. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Bulkhead(50)
    @Operation(
            operationId = "listOrders",
            summary = "List orders, newest first",
            description =
                    "Sorted by trade number descending; with `from` or `to`, by order date first. JSON is paged: `nextCursor`,"
                            + " if present, is the `cursor` of the next page. With `Accept: text/csv`, all orders as a"
                            + " file; `limit` and `cursor` are ignored." + Downloads.HOW)
    @APIResponse(
            responseCode = "200",
            description = "The orders",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = OrderView.Page.class)),
                @Content(
                        mediaType = Csv.MEDIA_TYPE,
                        schema = @Schema(implementation = String.class),
                        example =
                                "tradeNo,orderDate,orderTime,stockCode,tradeType,orderType,orderPrice,orderQuantity,fee,"
                                        + "tax,estimatedValue,tradeStatus,updateTime,account")
            })
    @APIResponse(responseCode = "400", description = "A parameter is malformed")
    public Response orders(
            @Parameter(description = "Only orders in this status: 0 open, 1 filled, 2 not filled, 9 cancelled")
                    @QueryParam("status")
                    @Pattern(regexp = "[0129]?", message = "must be 0, 1, 2 or 9")
                    String status,
            @Parameter(description = "Only orders of this stock")
                    @QueryParam("stockCode")
                    @Pattern(regexp = "[0-9A-Z]{0,10}", message = "must be 1 to 10 capital letters and digits")
                    String stockCode,
            @Parameter(description = "Only orders of this side: BUY or SELL")
                    @QueryParam("side")
                    @Pattern(regexp = "(BUY|SELL)?", message = "must be BUY or SELL")
                    String side,
            @Parameter(description = "Only orders of this type: 0 market, 1 limit")
                    @QueryParam("type")
                    @Pattern(regexp = "[01]?", message = "must be 0 or 1")
                    String type,
            @Parameter(
                            description = "The first order date, yyyyMMdd, JST",
                            example = "20200607",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("from")
                    LocalDate from,
            @Parameter(
                            description = "The last order date, yyyyMMdd, JST",
                            example = "20200607",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("to")
                    LocalDate to,
            @Parameter(description = "Maximum number of orders, 1 to 200")
                    @QueryParam("limit")
                    @DefaultValue("" + DEFAULT_LIMIT)
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = MAX_LIMIT, message = "must be at most " + MAX_LIMIT)
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the previous page")
                    @QueryParam("cursor")
                    @Min(value = 1, message = "must be at least 1")
                    Long cursor,
            @Parameter(description = OrdersResource.ACCOUNT) @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Context SecurityContext caller,
            @Context Request request,
            @Context HttpServletRequest http) {
        Parameters.requireOrder(from, to);
        OrderQueries.Filter filter = new OrderQueries.Filter(
                read(status, TradeStatus::of),
                read(stockCode, Function.identity()),
                read(side, TradeType::valueOf),
                read(type, OrderType::of),
                from,
                to);
        OrderQueries.Selection all = new OrderQueries.Selection(accounts.scope(caller, account), filter, null);
        return Downloads.isWanted(request)
                ? downloads.attach(file(queries, all), caller, http)
                : page(all.before(cursor), limit == null ? DEFAULT_LIMIT : limit);
    }

    /** Null for a parameter that is absent or empty. */
    private static <T> T read(String parameter, Function<String, T> reading) {
        return parameter == null || parameter.isEmpty() ? null : reading.apply(parameter);
    }

    private Response page(OrderQueries.Selection selection, int limit) {
        List<Trade> trades = queries.newest(selection, limit + 1);
        List<OrderView> orders = views(trades.stream().limit(limit).toList());
        String next =
                trades.size() > limit ? Long.toString(orders.get(limit - 1).tradeNo()) : null;
        return Response.ok(new OrderView.Page(orders, next), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** The orders of the selection, newest first. */
    static CsvFile<OrderView> file(OrderQueries queries, OrderQueries.Selection all) {
        return new CsvFile<>(
                "orders",
                OrderView.class,
                (last, limit) -> views(queries.newest(last == null ? all : all.before(last.tradeNo()), limit)));
    }

    private static List<OrderView> views(List<Trade> trades) {
        return trades.stream().map(trade -> OrderView.of(trade, null)).toList();
    }
}
