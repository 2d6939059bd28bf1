package finmicro.balance.reconciliation.boundary;

import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of checking some accounts.
 *
 * @param nextCursor null if these are the last accounts
 */
@Schema(description = "The result of comparing the balances of accounts with their entries")
public record LedgerReconciliation(
        @Schema(description = "Number of accounts checked", examples = "2")
        int accounts,

        @Schema(description = "Number of entries summed up: those since the previous check", examples = "5")
        long entries,

        @Schema(description = "Up to 100") List<BalanceDifference> differences,

        @Schema(
                description = "Absent if these are the last accounts. The `cursor` of the next accounts",
                examples = "alice")
        String nextCursor) {

    /**
     * A difference between a balance and its entries.
     *
     * @param expected the sum of the entries, in whole yen or shares
     * @param actual the stored value
     */
    @Schema(description = "A balance that differs from the sum of its entries")
    public record BalanceDifference(
            @Schema(examples = "alice") String account,

            @Schema(
                    description = "`cash`, `shares <stock>`, or `sequence` (the sequence number of the last entry)",
                    examples = "cash")
            String item,

            @Schema(description = "The sum of the account's entries, in whole yen or shares", examples = "9975700")
            long expected,

            @Schema(description = "The stored value", examples = "9975701")
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
                        .limit(DifferenceReport.MAX_REPORTED)
                        .map(BalanceDifference::of)
                        .toList(),
                slice.last().isEmpty() ? null : slice.last());
    }
}
