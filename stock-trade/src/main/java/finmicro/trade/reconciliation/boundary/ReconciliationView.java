package finmicro.trade.reconciliation.boundary;

import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.trade.ledger.entity.LedgerCheck;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of a reconciliation.
 *
 * @param ledgerAccounts null unless the ledger was compared
 * @param ledgerEntries null unless the ledger was compared
 * @param nextCursor null on the last page
 */
@Schema(name = "Reconciliation", description = "What was compared, and the differences. Nothing is corrected")
public record ReconciliationView(
        @Schema(description = "Number of accounts of stock-trade that were compared with their effects", examples = "2")
        int accounts,

        @Schema(description = "Number of effects since the previous check", examples = "5")
        long effects,

        @Schema(
                description =
                        "`COMPARED`, `AWAY` (stock-balance is unavailable; only accounts of stock-trade were checked)"
                                + " or `UNSUPPORTED` (an old stock-balance without entries)",
                examples = "COMPARED")
        ReconciliationRun.LedgerState ledger,

        @Schema(
                description =
                        "Absent unless the ledger was compared. Number of accounts of stock-balance that were compared"
                                + " with their entries",
                examples = "2")
        Integer ledgerAccounts,

        @Schema(
                description = "Absent unless the ledger was compared. Number of entries since the previous check",
                examples = "5")
        Long ledgerEntries,

        @Schema(
                description =
                        "Number of effects and entries, older than five minutes, that were compared between the services",
                examples = "10")
        long compared,

        @Schema(description = "At most 100") List<FoundDifference> differences,

        @Schema(description = "Absent on the last page. The `cursor` of the next page", examples = "alice")
        String nextCursor) {

    /** The comparison that found a difference. */
    @Schema(
            name = "FoundIn",
            description =
                    "The comparison that found it. `STOCK_TRADE`: an account with its effects; `STOCK_BALANCE`: an account of"
                            + " the ledger with its entries; `BETWEEN`: a ledger entry with the effect in stock-trade",
            examples = "STOCK_TRADE")
    public enum Where {
        STOCK_TRADE,
        STOCK_BALANCE,
        BETWEEN
    }

    /**
     * A difference.
     *
     * @param expected null if the ledger has no such entry
     * @param actual null if stock-trade has no such effect
     */
    @Schema(name = "FoundDifference", description = "A value that differs from the expected one")
    public record FoundDifference(
            Where where,
            @Schema(examples = "alice") String account,

            @Schema(
                    description =
                            "`cash`, `reserved cash`, `shares <stock>`, `reserved shares <stock>`, `sequence` (of its"
                                    + " entries, without gaps), or the key of an entry followed by `cash` or `shares <stock>`",
                    examples = "cash")
            String item,

            @Schema(
                    description =
                            "Absent if the ledger has no such entry. Sum of the entries of the account, or the value of the"
                                    + " ledger entry; whole yen or shares",
                    examples = "9975700")
            Long expected,

            @Schema(
                    description =
                            "Absent if stock-trade has no such effect. The stored value of the account, or the value of the"
                                    + " effect in stock-trade",
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
                        .limit(DifferenceReport.MAX_REPORTED)
                        .toList(),
                result.last().isEmpty() ? null : result.last());
    }

    private static List<FoundDifference> found(Where where, List<Difference> differences) {
        return differences.stream()
                .map(difference -> new FoundDifference(
                        where, difference.account(), difference.item(), difference.expected(), difference.actual()))
                .toList();
    }
}
