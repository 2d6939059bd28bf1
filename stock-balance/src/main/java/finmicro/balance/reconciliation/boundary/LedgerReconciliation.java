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

        @Schema(description = "At most 100") List<BalanceDifference> differences,

        @Schema(description = "Absent if there are none. The `cursor` of the next accounts", examples = "alice")
        String nextCursor) {

    /**
     * One difference.
     *
     * @param expected by the entries, in whole yen or shares
     * @param actual as it is stored
     */
    @Schema(description = "A value of an account that is not what its entries add up to")
    public record BalanceDifference(
            @Schema(examples = "alice") String account,

            @Schema(
                    description = "`cash`, `shares <stock>`, or `sequence` (of its entries, which has no gap)",
                    examples = "cash")
            String item,

            @Schema(description = "By the account's entries, in whole yen or shares", examples = "9975700")
            long expected,

            @Schema(description = "As it is stored", examples = "9975701")
            long actual) {

        static BalanceDifference of(Difference difference) {
            return new BalanceDifference(
                    difference.account(), difference.item(), difference.expected(), difference.actual());
        }
    }

    static LedgerReconciliation of(AccountSlices.Slice slice) {
        return new LedgerReconciliation(
                slice.accounts(),
                slice.entries(),
                slice.differences().stream()
                        .limit(DifferenceReport.MOST)
                        .map(BalanceDifference::of)
                        .toList(),
                slice.last().isEmpty() ? null : slice.last());
    }
}
