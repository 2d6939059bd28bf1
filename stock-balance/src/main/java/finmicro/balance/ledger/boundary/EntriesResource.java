package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.boundary.EntryOutcomes.Outcome;
import finmicro.balance.ledger.control.Booking;
import finmicro.balance.ledger.control.BookingResult;
import finmicro.balance.ledger.control.Bookings;
import finmicro.common.access.DescribedAccess;
import finmicro.common.access.Roles;
import finmicro.common.json.StrictJson;
import finmicro.common.problem.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /balance/entries}: books what stock-trade has decided. */
@Path("entries")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ledger", description = "Entries, and what stock-trade needs to agree with them")
public class EntriesResource {

    /** Of an account that no customer has; whoever tries it out again gets the same outcome. */
    private static final String EXAMPLE = "{\"entries\":[{\"key\":\"opening-example\",\"account\":\"example\","
            + "\"kind\":\"OPENING\",\"amount\":10000000}]}";

    private static final String EXAMPLE_OUTCOME =
            "{\"outcomes\":[{\"key\":\"opening-example\",\"status\":200,\"repeated\":false}]}";

    private final Bookings bookings;
    private final EntryReader reader;

    @Inject
    public EntriesResource(Bookings bookings, StrictJson json) {
        this.bookings = bookings;
        this.reader = new EntryReader(json);
    }

    /** Books entries, each for itself. The body is read entry by entry, so that one at fault does not refuse the others. */
    @POST
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(100)
    @Operation(
            operationId = "bookEntries",
            summary = "Book entries in the ledger",
            description =
                    "Settlements, openings, deposits and withdrawals, in their order, with an outcome for each: one"
                            + " that cannot be booked does not hold up the others. A key is booked once; sent again with the same"
                            + " content, it is a success. An account that the ledger does not know is created.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EntryBatch.class),
                            example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The outcome of each entry",
            content = @Content(schema = @Schema(implementation = EntryOutcomes.class), example = EXAMPLE_OUTCOME))
    @APIResponse(responseCode = "400", description = "Not 1 to 100 entries; nothing is booked")
    public EntryOutcomes book(byte[] body) {
        List<EntryReader.Entry> entries = reader.read(body);
        List<Booking> readable = entries.stream()
                .map(EntryReader.Entry::booking)
                .filter(Objects::nonNull)
                .toList();
        Iterator<Outcome> booked = outcomes(readable).iterator();
        return new EntryOutcomes(entries.stream()
                .map(entry -> entry.fault() == null ? booked.next() : entry.fault())
                .toList());
    }

    private List<Outcome> outcomes(List<Booking> readable) {
        if (readable.isEmpty()) {
            return List.of();
        }
        Iterator<Optional<BookingResult>> results = bookings.book(readable).iterator();
        return readable.stream()
                .map(booking -> outcome(booking.key(), results.next()))
                .toList();
    }

    private static Outcome outcome(String key, Optional<BookingResult> result) {
        if (result.isEmpty()) {
            return refused(key, Problem.of(Response.Status.INTERNAL_SERVER_ERROR));
        }
        return switch (result.get().status()) {
            case BOOKED -> new Outcome(key, 200, false, null, null);
            case REPEATED -> new Outcome(key, 200, true, null, null);
            case CONFLICT ->
                refused(key, Problem.settlementConflict(result.get().conflict()));
            case LOCKED -> refused(key, Problem.unavailable("the account is locked by another transaction"));
        };
    }

    private static Outcome refused(String key, Problem problem) {
        return new Outcome(key, problem.status(), null, problem.type(), problem.detail());
    }
}
