package finmicro.trade.ledger.entity;

import jakarta.annotation.Nullable;
import java.util.List;

/** The response of {@code POST /balance/entries}: an outcome for each entry, in their order. */
public record EntryOutcomes(List<EntryOutcome> outcomes) {

    /**
     * The outcome of one entry.
     *
     * @param key of the entry
     * @param status 200 if it is booked, now or before; 400 if it is invalid; 409 if its key was booked with other content;
     *     503 if its account is locked
     * @param detail the reason for a failure; absent if it is booked
     */
    public record EntryOutcome(
            @Nullable String key, int status, @Nullable String detail) {}
}
