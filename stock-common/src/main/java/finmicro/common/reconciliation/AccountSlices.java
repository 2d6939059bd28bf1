package finmicro.common.reconciliation;

import finmicro.common.telemetry.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks accounts, a slice at a time, and reports what differs. Thread safe. */
public final class AccountSlices {

    /** The maximum number of accounts in a slice. */
    public static final int MOST = 100;

    private static final System.Logger LOG = Log.of(AccountSlices.class);

    private final AccountCheck check;
    private final DifferenceReport report;

    public AccountSlices(AccountCheck check, DifferenceReport report) {
        this.check = check;
        this.report = report;
    }

    /**
     * A slice that was checked.
     *
     * @param last the id of its last account; empty if no account comes after it
     * @param entries how many entries were summed up
     */
    public record Slice(String last, int accounts, long entries, List<Difference> differences) {}

    /**
     * Checks the accounts after that one by id; empty for the first. An account that cannot be checked is logged and passed over.
     *
     * @throws RuntimeException if two accounts in a row cannot be checked: then the database is away
     */
    public Slice check(String after) {
        List<String> accounts = check.accounts(after, MOST);
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
        String last = accounts.size() < MOST ? "" : accounts.get(accounts.size() - 1);
        return new Slice(last, checked, entries, differences);
    }
}
