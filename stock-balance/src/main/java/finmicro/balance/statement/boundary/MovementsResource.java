package finmicro.balance.statement.boundary;

import finmicro.balance.ledger.boundary.AccountParameter;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.statement.control.Statement;
import finmicro.common.access.CallerAccount;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.rest.Csv;
import finmicro.common.rest.CsvFile;
import finmicro.common.rest.Downloads;
import finmicro.common.rest.Parameters;
import finmicro.common.trading.AccountId;
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
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /balance/movements}: the statement of an account. */
@Path("movements")
@ApplicationScoped
@Tag(name = "balance", description = "Cash and holdings")
public class MovementsResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final Statement statement;
    private final CallerAccount accounts;
    private final Downloads downloads;

    @Inject
    public MovementsResource(Statement statement, CallerAccount accounts, Downloads downloads) {
        this.statement = statement;
        this.accounts = accounts;
        this.downloads = downloads;
    }

    /** Returns a page of the statement as JSON, or all of it as CSV. One method, since OpenAPI allows one GET per path. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
    @RolesAllowed({Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @SecurityRequirement(
            name = DescribedAccess.SCHEME,
            scopes = {Roles.TRADER, Roles.VIEWER, Roles.OPERATOR})
    @Bulkhead(50)
    @Operation(
            operationId = "getStatement",
            summary = "Get the statement of an account",
            description =
                    "Returns the bookings, newest first. JSON is paged: `nextCursor` is the `cursor` of the next page."
                            + " With `Accept: text/csv`, returns all bookings as a file and ignores `limit` and `cursor`."
                            + Downloads.HOW)
    @APIResponse(
            responseCode = "200",
            description = "The movements",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Movement.Page.class)),
                @Content(
                        mediaType = Csv.MEDIA_TYPE,
                        schema = @Schema(implementation = String.class),
                        example = "sequence,bookedAt,kind,tradeNo,tradeType,stockCode,amount,fee,tax,shares,cashAfter,"
                                + "sharesAfter,reference")
            })
    public Response movements(
            @Parameter(description = AccountParameter.ONE) @QueryParam(CallerAccount.PARAMETER) @AccountId
                    String account,
            @Parameter(
                            description = "The first day, yyyyMMdd, JST",
                            example = "20200607",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("from")
                    LocalDate from,
            @Parameter(
                            description = "The last day, yyyyMMdd, JST",
                            example = "20200607",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("to")
                    LocalDate to,
            @Parameter(description = "Only movements of this stock", example = "A002")
                    @QueryParam("stockCode")
                    @Pattern(regexp = "[0-9A-Z]{0,10}", message = "must be 1 to 10 capital letters and digits")
                    String stockCode,
            @Parameter(description = "Maximum number of movements, 1 to 200")
                    @QueryParam("limit")
                    @DefaultValue("" + DEFAULT_LIMIT)
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = MAX_LIMIT, message = "must be at most " + MAX_LIMIT)
                    Integer limit,
            @Parameter(description = "The nextCursor of the previous page")
                    @QueryParam("cursor")
                    @Min(value = 1, message = "must be at least 1")
                    Long cursor,
            @Context SecurityContext security,
            @Context Request request,
            @Context HttpServletRequest http) {
        Parameters.requireOrder(from, to);
        String code = stockCode == null || stockCode.isEmpty() ? null : stockCode;
        Statement.Selection all = new Statement.Selection(accounts.one(security, account), from, to, code, null);
        return Downloads.isWanted(request)
                ? downloads.attach(file(statement, all), security, http)
                : page(all.before(cursor), limit == null ? DEFAULT_LIMIT : limit);
    }

    private Response page(Statement.Selection selection, int limit) {
        List<LedgerEntry> entries = statement.newest(selection, limit + 1);
        List<Movement> movements =
                entries.stream().limit(limit).map(Movement::of).toList();
        String next =
                entries.size() > limit ? Long.toString(movements.get(limit - 1).sequence()) : null;
        return Response.ok(new Movement.Page(movements, next), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Creates a file of the movements, newest first. Excludes movements booked after the file was started. */
    static CsvFile<Movement> file(Statement statement, Statement.Selection all) {
        return new CsvFile<>(
                "movements",
                Movement.class,
                (last, limit) -> statement.newest(last == null ? all : all.before(last.sequence()), limit).stream()
                        .map(Movement::of)
                        .toList());
    }
}
