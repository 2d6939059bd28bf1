package finmicro.trade.reconciliation.control;

import finmicro.common.problem.Outages;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.telemetry.Log;
import finmicro.trade.TradeConfig;
import finmicro.trade.ledger.control.BookedLedger;
import finmicro.trade.ledger.entity.LedgerCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Reconciles: by itself, a slice of accounts at a time and then the journal with the ledger; or on demand. */
@ApplicationScoped
public class ReconciliationRun {

    /** Of 500 each. */
    private static final int PAGES = 20;

    /** After all accounts: no id begins with it. */
    private static final String END = "~";

    private static final Reconciliation.Compared NOTHING = new Reconciliation.Compared(0, true, List.of());

    private static final System.Logger LOG = Log.of(ReconciliationRun.class);

    private final AccountSlices slices;
    private final Reconciliation reconciliation;
    private final BookedLedger ledger;
    private final boolean keepsAccounts;

    @Inject
    public ReconciliationRun(
            AccountSlices slices, Reconciliation reconciliation, BookedLedger ledger, TradeConfig config) {
        this.slices = slices;
        this.reconciliation = reconciliation;
        this.ledger = ledger;
        this.keepsAccounts = config.checksBuyingPower();
    }

    /** Whether the ledger took part. */
    @Schema(
            description =
                    "`COMPARED`; `AWAY`: stock-balance did not answer, so only accounts of stock-trade were checked;"
                            + " `UNSUPPORTED`: it is an old one, which keeps no entries",
            examples = "COMPARED")
    public enum LedgerState {
        /** It did. */
        COMPARED,
        /** stock-balance is an old one, which has no entries to compare. */
        UNSUPPORTED,
        /** stock-balance did not answer. */
        AWAY
    }

    /**
     * What was reconciled.
     *
     * @param accounts how many were checked here, with how many effects since the check before
     * @param compared effects and entries that were compared with the other service
     * @param ledger its own accounts; null unless it took part
     * @param last the account after which to go on; empty if all are checked
     */
    public record Result(
            int accounts,
            long effects,
            long compared,
            LedgerCheck ledger,
            LedgerState state,
            List<Difference> trade,
            List<Difference> between,
            String last) {}

    /**
     * Checks the accounts after this one, and after the last of all the journal.
     *
     * @return after which to go on; empty at the end, also if the ledger does not take part
     */
    public String slice(String after) {
        if (!keepsAccounts) {
            return "";
        }
        String last = slices.check(after).last();
        if (!last.isEmpty()) {
            return last;
        }
        try {
            return reconciliation.compare(PAGES).complete() ? "" : END;
        } catch (RuntimeException e) {
            if (!BookedLedger.isAway(e)) {
                throw e;
            }
            boolean isReported = BookedLedger.isOutage(e) || BookedLedger.isUnsupported(e);
            LOG.log(
                    isReported ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "reconciliation.ledger-away reason={0}",
                    Outages.reason(e));
            return "";
        }
    }

    /** Checks the accounts after this one in both services, and the journal up to now. */
    public Result run(String after) {
        AccountSlices.Slice own = slices.check(after);
        try {
            Reconciliation.Compared compared = reconciliation.compare(PAGES);
            LedgerCheck checked = ledger.check(after);
            String last = Stream.of(own.last(), checked.nextCursor() == null ? "" : checked.nextCursor())
                    .filter(account -> !account.isEmpty())
                    .min(String::compareTo)
                    .orElse("");
            return result(own, compared, checked, LedgerState.COMPARED, last);
        } catch (RuntimeException e) {
            if (BookedLedger.isUnsupported(e)) {
                return result(own, NOTHING, null, LedgerState.UNSUPPORTED, own.last());
            }
            if (!BookedLedger.isAway(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "reconciliation.ledger-away reason={0}", Outages.reason(e));
            return result(own, NOTHING, null, LedgerState.AWAY, own.last());
        }
    }

    private static Result result(
            AccountSlices.Slice own,
            Reconciliation.Compared compared,
            LedgerCheck ledger,
            LedgerState state,
            String last) {
        return new Result(
                own.accounts(),
                own.entries(),
                compared.compared(),
                ledger,
                state,
                own.differences().stream().limit(DifferenceReport.MOST).toList(),
                compared.differences(),
                last);
    }
}
