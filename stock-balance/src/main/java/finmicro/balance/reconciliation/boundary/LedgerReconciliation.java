package finmicro.balance.reconciliation.boundary;

import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a check of some accounts found.
 *
 * @param nextCursor null if no account comes after these
 */
@Schema(description = "Accounts whose balances were compared with their entries, and what differs")
public record LedgerReconciliation(
        @Schema(description = "How many accounts were checked", examples = "2")
        int accounts,

        @Schema(description = "How many entries were summed up: those since the check before", examples = "5")
        long entries,

        @Schema(description = "At most 100") List<Difference> differences,

        @Schema(description = "Absent if there are none. The `cursor` of the next accounts", examples = "alice")
        String nextCursor) {

    static LedgerReconciliation of(AccountSlices.Slice slice) {
        return new LedgerReconciliation(
                slice.accounts(),
                slice.entries(),
                slice.differences().stream().limit(DifferenceReport.MOST).toList(),
                slice.last().isEmpty() ? null : slice.last());
    }
}
