package finmicro.trade.ledger.entity;

import jakarta.annotation.Nullable;
import java.util.List;

/** The answer to {@code POST /balance/entries}: an outcome for each entry, in their order. */
public record EntryOutcomes(List<EntryOutcome> outcomes) {

    /**
     * The outcome of one entry.
     *
     * @param key of the entry
     * @param status 200 if it is booked, now or before; 400 if it is at fault; 409 if its key was booked with other content;
     *     503 if its account is locked
     * @param detail what is wrong; absent if it is booked
     */
    public record EntryOutcome(
            @Nullable String key, int status, @Nullable String detail) {}
}
