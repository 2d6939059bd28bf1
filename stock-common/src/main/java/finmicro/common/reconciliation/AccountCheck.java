package finmicro.common.reconciliation;

import java.util.List;

/** Compares accounts with their entries. Each method is one transaction. */
public interface AccountCheck {

    /**
     * What became of one check.
     *
     * @param complete false if the account has more entries than one check sums up; then nothing is compared, and the next
     *     check goes on from there
     * @param entries how many were summed up
     */
    record Checked(boolean complete, long entries, List<Difference> differences) {}

    /** The next accounts by their ids, at most so many. */
    List<String> accounts(String after, int most);

    /** Checks an account. It delays no booking of the account. */
    Checked check(String account);
}
