package finmicro.balance.reconciliation.boundary;

import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.common.reconciliation.EntryCursor;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Entries of several accounts. */
@Schema(description = "Entries of several accounts")
public record EntryList(List<BookedEntry> entries) {

    /**
     * A ledger entry.
     *
     * @param stockCode null if no shares are involved
     * @param cash whole yen that the account received; negative if it paid
     * @param shares shares that the account received; negative if it delivered
     * @param place position in the order by time
     */
    @Schema(description = "A ledger entry")
    public record BookedEntry(
            @Schema(examples = "trade-9001") String key,
            @Schema(examples = "main") String account,

            @Schema(description = "Sequence number within the account", examples = "5")
            long sequence,

            EntryKind kind,

            @Schema(description = "Absent if no shares are involved", examples = "A002")
            String stockCode,

            @Schema(description = "Whole yen that the account received; negative if it paid", examples = "-24300")
            long cash,

            @Schema(description = "Shares that the account received; negative if it delivered", examples = "10")
            long shares,

            @Schema(
                    description = "The `after` parameter for the entries that follow",
                    examples = "2020-06-07T06:25:04Z/main/5")
            String place) {}

    static EntryList of(List<LedgerEntry> entries) {
        return new EntryList(entries.stream()
                .map(entry -> new BookedEntry(
                        entry.key(),
                        entry.account(),
                        entry.sequence(),
                        entry.kind(),
                        entry.stockCode(),
                        entry.customerCash(),
                        entry.customerShares(),
                        new EntryCursor(entry.bookedAt(), entry.account(), entry.sequence()).toString()))
                .toList());
    }
}
