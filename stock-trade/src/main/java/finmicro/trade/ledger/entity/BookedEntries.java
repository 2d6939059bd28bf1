package finmicro.trade.ledger.entity;

import jakarta.annotation.Nullable;
import java.util.List;

/** Entries of the ledger, by time or by key: the answer of {@code /balance/reconciliation/entries}. */
public record BookedEntries(List<BookedEntry> entries) {

    /** The maximum number of entries in an answer, and of keys in a question. */
    public static final int MOST = 500;

    /**
     * One entry.
     *
     * @param sequence within the account
     * @param stockCode absent if no shares were moved
     * @param cash whole yen that the account got; negative if it paid
     * @param shares that the account got; negative if it gave
     * @param place in the order of time, as {@link finmicro.common.reconciliation.Place} has it
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

    /** Which of these are booked. @param keys 1 to {@link #MOST} */
    public record Question(List<String> keys) {}
}
