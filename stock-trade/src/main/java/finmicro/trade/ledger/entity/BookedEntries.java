package finmicro.trade.ledger.entity;

import jakarta.annotation.Nullable;
import java.util.List;

/** Entries of the ledger, by time or by key: the response of {@code /balance/reconciliation/entries}. */
public record BookedEntries(List<BookedEntry> entries) {

    /** The maximum number of entries in a response and of keys in a request. */
    public static final int MAX_ENTRIES = 500;

    /**
     * One entry.
     *
     * @param sequence within the account
     * @param stockCode absent if no shares were moved
     * @param cash whole yen; positive for a credit, negative for a debit
     * @param shares positive if the account received them, negative if it delivered them
     * @param place its place in time order, in the format of {@link finmicro.common.reconciliation.EntryCursor}
     */
    public record BookedEntry(
            String key,
            String account,
            long sequence,
            String kind,
            @Nullable String stockCode,
            long cash,
            long shares,
            String place) {}

    /** Asks which of these entries are booked. @param keys 1 to {@link #MAX_ENTRIES} */
    public record Question(List<String> keys) {}
}
