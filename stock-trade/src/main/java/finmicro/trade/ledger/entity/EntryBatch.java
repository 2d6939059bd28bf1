package finmicro.trade.ledger.entity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The body of {@code POST /balance/entries}.
 *
 * @param entries 1 to {@link #MAX_ENTRIES}
 */
public record EntryBatch(List<JsonNode> entries) {

    /** The maximum number of entries in a request. */
    public static final int MAX_ENTRIES = 100;

    public static EntryBatch of(List<LedgerEntry> entries) {
        return new EntryBatch(entries.stream().map(LedgerEntry::json).toList());
    }
}
