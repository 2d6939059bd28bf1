package finmicro.trade.reconciliation.boundary;

import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.trade.ledger.entity.LedgerCheck;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was reconciled, and what differs.
 *
 * @param ledgerAccounts null unless the ledger took part
 * @param ledgerEntries null unless the ledger took part
 * @param nextCursor null if all accounts are checked
 */
@Schema(name = "Reconciliation", description = "What was compared, and what differs. Nothing is corrected")
public record ReconciliationView(
        @Schema(description = "How many accounts of stock-trade were compared with their effects", examples = "2")
        int accounts,

        @Schema(description = "With how many effects: those since the check before", examples = "5")
        long effects,

        @Schema(
                description =
                        "`COMPARED`, `AWAY` (stock-balance did not answer; only stock-trade's accounts were checked)"
                                + " or `UNSUPPORTED` (an old stock-balance, which keeps no entries)",
                examples = "COMPARED")
        ReconciliationRun.LedgerState ledger,

        @Schema(
                description =
                        "Absent unless the ledger was compared. How many accounts of stock-balance were compared with"
                                + " their entries",
                examples = "2")
        Integer ledgerAccounts,

        @Schema(
                description =
                        "Absent unless the ledger was compared. With how many entries: those since the check before",
                examples = "5")
        Long ledgerEntries,

        @Schema(
                description =
                        "How many effects and entries older than five minutes were compared between the two services",
                examples = "10")
        long compared,

        @Schema(description = "At most 100") List<Found> differences,

        @Schema(description = "Absent if all are checked. The `cursor` of the next accounts", examples = "alice")
        String nextCursor) {

    /** Where a difference was found. */
    @Schema(
            name = "FoundIn",
            description = "`STOCK_TRADE`: an account and its effects; `STOCK_BALANCE`: an account of the ledger and its"
                    + " entries; `BETWEEN`: an entry of the ledger and the effect in stock-trade",
            examples = "STOCK_TRADE")
    public enum Where {
        STOCK_TRADE,
        STOCK_BALANCE,
        BETWEEN
    }

    /**
     * One difference.
     *
     * @param expected null if the ledger has no such entry
     * @param actual null if stock-trade has no such effect
     */
    @Schema(name = "FoundDifference", description = "A value that is not what it should be, and where it was found")
    public record Found(
            Where where,
            @Schema(examples = "alice") String account,

            @Schema(
                    description =
                            "`cash`, `reserved cash`, `shares <stock>`, `reserved shares <stock>`, `sequence` (of its"
                                    + " entries, which has no gap), or the key of an entry with `cash` or `shares <stock>`",
                    examples = "cash")
            String item,

            @Schema(
                    description =
                            "Absent if the ledger has no such entry. By the account's entries, in whole yen or shares;"
                                    + " of an entry: as the ledger has it",
                    examples = "9975700")
            Long expected,

            @Schema(
                    description =
                            "Absent if stock-trade has no such effect. As it is stored; of an entry: as stock-trade"
                                    + " has it",
                    examples = "9975701")
            Long actual) {}

    static ReconciliationView of(ReconciliationRun.Result result) {
        LedgerCheck ledger = result.ledger();
        return new ReconciliationView(
                result.accounts(),
                result.effects(),
                result.state(),
                ledger == null ? null : ledger.accounts(),
                ledger == null ? null : ledger.entries(),
                result.compared(),
                Stream.of(
                                found(Where.STOCK_TRADE, result.trade()),
                                found(Where.STOCK_BALANCE, ledger == null ? List.of() : ledger.differences()),
                                found(Where.BETWEEN, result.between()))
                        .flatMap(List::stream)
                        .limit(DifferenceReport.MOST)
                        .toList(),
                result.last().isEmpty() ? null : result.last());
    }

    private static List<Found> found(Where where, List<Difference> differences) {
        return differences.stream()
                .map(difference -> new Found(
                        where, difference.account(), difference.item(), difference.expected(), difference.actual()))
                .toList();
    }
}
