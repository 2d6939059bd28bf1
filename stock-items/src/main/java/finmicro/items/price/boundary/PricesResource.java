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
@Tag(name = "prices", description = "What the stocks cost")
public class PricesResource {

    /** Some 17 days of a stock that is priced every five minutes around the clock: 150 KB. */
    private static final int MOST = 5_000;

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private final StockCatalogue catalogue;
    private final PriceHistory history;

    @Inject
    public PricesResource(StockCatalogue catalogue, PriceHistory history) {
        this.catalogue = catalogue;
        this.history = history;
    }

    /** The stored prices of a stock, in the shape of the price message. */
    @GET
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Bulkhead(50)
    @Operation(
            operationId = "getPriceHistory",
            summary = "Price history of a stock",
            description =
                    "The stored prices from the day `from` to the day `to`, both included, in pages of at most 5,000:"
                            + " `nextCursor`, where there is one, is the `cursor` of the next page. Without `from` and `cursor` the"
                            + " latest day up to `to` that has prices.")
    @APIResponse(
            responseCode = "200",
            description = "The prices by day and minute; no days where there are none",
            content = @Content(schema = @Schema(implementation = PriceHistoryPage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is missing or malformed")
    @APIResponse(responseCode = "404", description = "No such stock")
    public byte[] prices(
            @Parameter(required = true, description = "The stock's code", example = "A002")
                    @QueryParam("stockCode")
                    @NotNull(message = "is missing")
                    @StockCode
                    String stockCode,
            @Parameter(
                            description = "The first day, yyyyMMdd",
                            example = "20200526",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("from")
                    LocalDate from,
            @Parameter(
                            description = "The last day, yyyyMMdd",
                            example = "20200526",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("to")
                    LocalDate to,
            @Parameter(description = "How many, 1 to 5000")
                    @QueryParam("limit")
                    @DefaultValue("5000")
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = MOST, message = "must be at most 5000")
                    Integer limit,
            @Parameter(description = "The nextCursor of the page before")
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
            return page(stock, from, last, position(cursor), limit == null ? MOST : limit);
        } catch (SQLException e) {
            throw new IllegalStateException("prices not read", e);
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
