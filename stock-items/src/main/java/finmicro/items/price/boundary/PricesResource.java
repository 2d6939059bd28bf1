package finmicro.items.price.boundary;

import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.json.InvalidInput;
import finmicro.common.problem.Problem;
import finmicro.common.trading.StockCode;
import finmicro.items.attribute.control.StockCatalogue;
import finmicro.items.attribute.entity.StockAttribute;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.entity.PriceMessage;
import finmicro.items.price.entity.PriceMessage.DatePrice;
import finmicro.items.price.entity.TimePrice;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** About four months of a stock that is priced every five minutes around the clock. */
    private static final int MOST = 50_000;

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
    @RolesAllowed({Roles.TRADER, Roles.VIEWER})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER})
    @Bulkhead(50)
    @Operation(
            operationId = "getPriceHistory",
            summary = "Price history of a stock",
            description = "The stored prices from the day `from` to the day `to`, both included; without them all there"
                    + " are. More than 50,000 prices are not answered: narrow the days.")
    @APIResponse(
            responseCode = "200",
            description = "The prices by day and minute; no days where there are none",
            content = @Content(schema = @Schema(implementation = PriceMessage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is missing or malformed, or too many prices match")
    @APIResponse(responseCode = "404", description = "No such stock")
    public PriceMessage prices(
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
                    LocalDate to) {
        StockAttribute stock = catalogue
                .find(stockCode)
                .orElseThrow(() ->
                        Problem.notFound("no stock has the code " + stockCode).exception());
        return message(stock, within(stockCode, from == null ? EARLIEST : from, to == null ? LATEST : to));
    }

    private List<TimePrice> within(String stockCode, LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            throw InvalidInput.parameter("from", "must not be after to");
        }
        List<TimePrice> prices = history.prices(stockCode, from, to, MOST + 1);
        if (prices.size() > MOST) {
            throw InvalidInput.parameter("from", "more than " + MOST + " prices match: narrow the days");
        }
        return prices;
    }

    private static PriceMessage message(StockAttribute stock, List<TimePrice> prices) {
        Map<LocalDate, List<PriceMessage.TimePrice>> days = new LinkedHashMap<>();
        for (TimePrice price : prices) {
            days.computeIfAbsent(price.date(), day -> new ArrayList<>())
                    .add(new PriceMessage.TimePrice(price.time(), price.price()));
        }
        List<DatePrice> datePrice = days.entrySet().stream()
                .map(day -> new DatePrice(day.getKey(), day.getValue()))
                .toList();
        return new PriceMessage(stock.stockCode(), stock.stockName(), datePrice);
    }
}
