package finmicro.balance.ledger.boundary;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Entries to book independently of each other.
 *
 * @param entries 1 to 100, which fit into the maximum body size
 */
@Schema(description = "Entries to book independently of each other")
public record EntryBatch(
        @Size(min = 1, max = MAX_ENTRIES, message = "must be 1 to " + MAX_ENTRIES)
        List<@Valid EntryRequest> entries) {

    /** The maximum number of entries in a request. */
    public static final int MAX_ENTRIES = 100;
}
