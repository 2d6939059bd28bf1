package finmicro.common.reconciliation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks accounts, a slice at a time, and reports what differs. Thread safe. */
public final class AccountSlices {

    /** The maximum number of accounts in a slice. */
    public static final int MOST = 100;

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

    /** Checks the accounts after that one by id; empty for the first. */
    public Slice check(String after) {
        List<String> accounts = check.accounts(after, MOST);
        Map<String, List<Difference>> found = new LinkedHashMap<>();
        long entries = 0;
        for (String account : accounts) {
            AccountCheck.Checked checked;
            do {
                checked = check.check(account);
                entries += checked.entries();
            } while (!checked.complete());
            found.put(account, checked.differences());
        }
        report.checked(found);
        String last = accounts.size() < MOST ? "" : accounts.get(accounts.size() - 1);
        return new Slice(
                last,
                accounts.size(),
                entries,
                found.values().stream().flatMap(List::stream).toList());
    }
}
