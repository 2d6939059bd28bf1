package finmicro.balance.ledger.boundary;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Entries to be booked, each for itself.
 *
 * @param entries 1 to 100; so many fit into a body
 */
@Schema(description = "Entries to be booked, each for itself")
public record EntryBatch(
        @Size(min = 1, max = MOST, message = "must be 1 to " + MOST)
        List<@Valid EntryRequest> entries) {

    /** How many a request can have. */
    public static final int MOST = 100;
}
