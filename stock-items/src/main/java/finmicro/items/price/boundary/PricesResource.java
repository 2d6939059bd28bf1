package finmicro.items.price.boundary;

import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.json.InvalidInput;
import finmicro.common.problem.Problem;
import finmicro.common.trading.StockCode;
import finmicro.items.attribute.control.StockCatalogue;
import finmicro.items.attribute.entity.StockAttribute;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.control.PricePosition;
import finmicro.items.price.entity.PriceHistoryPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /stock/prices}: the price history of a stock. */
@Path("prices")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "prices", description = "Stock prices")
public class PricesResource {

    /** 150 KB: about 17 days of a stock with a price every five minutes. */
    private static final int MAX_LIMIT = 5_000;

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private final StockCatalogue catalogue;
    private final PriceHistory history;

    @Inject
    public PricesResource(StockCatalogue catalogue, PriceHistory history) {
        this.catalogue = catalogue;
        this.history = history;
    }

    /** Returns the stored prices of a stock, in the format of the price message. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Bulkhead(50)
    @Operation(
            operationId = "getPriceHistory",
            summary = "Get the price history of a stock",
            description = "Returns the stored prices of the days `from` to `to`, inclusive, in pages of up to 5,000."
                    + " `nextCursor`, if present, is the `cursor` of the next page. Without `from` and `cursor`, returns the"
                    + " latest day up to `to` that has prices.")
    @APIResponse(
            responseCode = "200",
            description = "The prices by day and minute; days without prices are omitted",
            content = @Content(schema = @Schema(implementation = PriceHistoryPage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is missing or malformed")
    @APIResponse(responseCode = "404", description = "No stock has this code")
    public byte[] prices(
            @Parameter(required = true, description = "The stock code", example = "A002")
                    @QueryParam("stockCode")
                    @NotNull(message = "is missing")
                    @StockCode
                    String stockCode,
            @Parameter(
                            description = "The first day, yyyyMMdd, JST",
                            example = "20200526",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("from")
                    LocalDate from,
            @Parameter(
                            description = "The last day, yyyyMMdd, JST",
                            example = "20200526",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("to")
                    LocalDate to,
            @Parameter(description = "Maximum number of prices, 1 to 5000")
                    @QueryParam("limit")
                    @DefaultValue("5000")
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = MAX_LIMIT, message = "must be at most 5000")
                    Integer limit,
            @Parameter(description = "The nextCursor of the previous page")
                    @QueryParam("cursor")
                    @Pattern(regexp = "(" + PricePosition.FORM + ")?", message = "must be the nextCursor of a page")
                    String cursor) {
        StockAttribute stock = catalogue
                .find(stockCode)
                .orElseThrow(() ->
                        Problem.notFound("no stock has the code " + stockCode).exception());
        LocalDate last = to == null ? LATEST : to;
        if (from != null && from.isAfter(last)) {
            throw InvalidInput.parameter("from", "must not be after to");
        }
        try {
            return page(stock, from, last, position(cursor), limit == null ? MAX_LIMIT : limit);
        } catch (SQLException e) {
            throw new IllegalStateException("prices could not be read", e);
        }
    }

    private static PricePosition position(String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : PricePosition.of(cursor);
        } catch (DateTimeException e) {
            throw InvalidInput.parameter("cursor", "must be the nextCursor of a page");
        }
    }

    private byte[] page(StockAttribute stock, LocalDate from, LocalDate to, PricePosition after, int limit)
            throws SQLException {
        String code = stock.stockCode();
        PricePage page = new PricePage(code, stock.stockName(), limit);
        LocalDate first = from != null || after != null
                ? Objects.requireNonNullElse(from, EARLIEST)
                : history.latestDay(code, to).orElse(to);
        history.read(new PriceHistory.Selection(code, first, to, after, limit + 1), page);
        return page.bytes();
    }
}
