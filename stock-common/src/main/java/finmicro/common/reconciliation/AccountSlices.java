package finmicro.common.reconciliation;

import finmicro.common.telemetry.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reconciles accounts in slices, and reports the differences. Thread-safe. */
public final class AccountSlices {

    /** Maximum number of accounts in a slice. */
    public static final int MAX_ACCOUNTS = 100;

    private static final System.Logger LOG = Log.of(AccountSlices.class);

    private final AccountCheck check;
    private final DifferenceReport report;

    public AccountSlices(AccountCheck check, DifferenceReport report) {
        this.check = check;
        this.report = report;
    }

    /**
     * A checked slice.
     *
     * @param last the ID of its last account; empty if there are no more accounts
     * @param entries number of summed entries
     */
    public record Slice(String last, int accounts, long entries, List<Difference> differences) {}

    /**
     * Checks the accounts whose IDs follow {@code after}; empty for the first slice. If a check fails, it is logged and the
     * account is skipped.
     *
     * @throws RuntimeException if the checks of two consecutive accounts fail: then the database is probably unavailable
     */
    public Slice check(String after) {
        List<String> accounts = check.accounts(after, MAX_ACCOUNTS);
        List<Difference> differences = new ArrayList<>();
        int checked = 0;
        long entries = 0;
        boolean failed = false;
        for (String account : accounts) {
            try {
                AccountCheck.Checked result;
                do {
                    result = check.check(account);
                    entries += result.entries();
                } while (!result.complete());
                differences.addAll(result.differences());
                report.checked(Map.of(account, result.differences()));
                checked++;
                failed = false;
            } catch (RuntimeException e) {
                if (failed) {
                    throw e;
                }
                failed = true;
                LOG.log(System.Logger.Level.WARNING, "reconciliation.account-failed account=" + account, e);
            }
        }
        String last = accounts.size() < MAX_ACCOUNTS ? "" : accounts.get(accounts.size() - 1);
        return new Slice(last, checked, entries, differences);
    }
}
