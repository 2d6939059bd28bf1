package finmicro.trade.reconciliation.control;

import finmicro.common.outage.Outages;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.telemetry.Log;
import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.ledger.control.BookedLedger;
import finmicro.trade.ledger.entity.LedgerCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Runs the reconciliation of accounts, journal and ledger: periodically in slices, or on demand. */
@ApplicationScoped
public class ReconciliationRun {

    /** Maximum number of pages per side and run. */
    private static final int PAGES = 20;

    /** A cursor after all accounts: sorts after every account id. */
    private static final String END = "~";

    private static final Reconciliation.Compared NOTHING = new Reconciliation.Compared(0, true, List.of());

    private static final System.Logger LOG = Log.of(ReconciliationRun.class);

    private final AccountSlices slices;
    private final Reconciliation reconciliation;
    private final BookedLedger ledger;
    private final boolean keepsAccounts;

    @Inject
    public ReconciliationRun(
            AccountSlices slices, Reconciliation reconciliation, BookedLedger ledger, AccountSettings settings) {
        this.slices = slices;
        this.reconciliation = reconciliation;
        this.ledger = ledger;
        this.keepsAccounts = settings.checksBuyingPower();
    }

    /** Whether the ledger was compared. */
    @Schema(
            description =
                    "`COMPARED`; `AWAY`: stock-balance is unavailable, so only accounts of stock-trade were checked;"
                            + " `UNSUPPORTED`: an old stock-balance without entries",
            examples = "COMPARED")
    public enum LedgerState {
        /** The ledger was compared. */
        COMPARED,
        /** stock-balance is an old version without entries. */
        UNSUPPORTED,
        /** stock-balance is unavailable. */
        AWAY
    }

    /**
     * The result of a run.
     *
     * @param accounts number of accounts checked in stock-trade
     * @param effects number of their effects since the previous check
     * @param compared number of effects and entries compared between the services
     * @param ledger the check of the ledger's own accounts; null unless it was compared
     * @param last the account after which the next run continues; empty at the end
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
     * Checks the next slice of accounts, and after the last slice the journal.
     *
     * @param after the last account of the previous slice; empty for the first
     * @return the cursor of the next slice; empty at the end, also if the ledger cannot be compared
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
            if (!BookedLedger.isUnavailable(e)) {
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

    /** Checks the accounts after {@code after} in both services, and the journal. */
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
            if (!BookedLedger.isUnavailable(e)) {
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
                own.differences().stream().limit(DifferenceReport.MAX_REPORTED).toList(),
                compared.differences(),
                last);
    }
}
