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

/** {@code /balance/entries}: books the entries that stock-trade sends. */
@Path("entries")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ledger", description = "Entries, and their synchronization with stock-trade")
public class EntriesResource {

    /** Uses an account that no customer has. Repeating the example gets the same outcome. */
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

    /** Books entries independently of each other. An invalid entry does not reject the whole request. */
    @POST
    @RolesAllowed(Roles.SERVICE)
    @SecurityRequirement(name = DescribedAccess.SCHEME, scopes = Roles.SERVICE)
    @Bulkhead(100)
    @Operation(
            operationId = "bookEntries",
            summary = "Book entries in the ledger",
            description =
                    "Books settlements, openings, deposits and withdrawals, in order, and returns an outcome for each."
                            + " An entry that fails does not block the others. Idempotent by key: an entry repeated with the same"
                            + " content succeeds. Unknown accounts are created.")
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
        List<Booking> valid = entries.stream()
                .map(EntryReader.Entry::booking)
                .filter(Objects::nonNull)
                .toList();
        Iterator<Outcome> booked = outcomes(valid).iterator();
        return new EntryOutcomes(entries.stream()
                .map(entry -> entry.rejection() == null ? booked.next() : entry.rejection())
                .toList());
    }

    private List<Outcome> outcomes(List<Booking> valid) {
        if (valid.isEmpty()) {
            return List.of();
        }
        Iterator<Optional<BookingResult>> results = bookings.book(valid).iterator();
        return valid.stream()
                .map(booking -> outcome(booking.key(), results.next()))
                .toList();
    }

    private static Outcome outcome(String key, Optional<BookingResult> result) {
        if (result.isEmpty()) {
            return rejected(key, Problem.of(Response.Status.INTERNAL_SERVER_ERROR));
        }
        return switch (result.get().status()) {
            case BOOKED -> new Outcome(key, 200, false, null, null);
            case REPEATED -> new Outcome(key, 200, true, null, null);
            case CONFLICT ->
                rejected(key, Problem.settlementConflict(result.get().conflict()));
            case LOCKED -> rejected(key, Problem.unavailable("another transaction has locked the account"));
        };
    }

    private static Outcome rejected(String key, Problem problem) {
        return new Outcome(key, problem.status(), null, problem.type(), problem.detail());
    }
}
