package finmicro.common.reconciliation;

import java.util.List;

/** Reconciles accounts with their entries. Each method is one transaction. */
public interface AccountCheck {

    /**
     * Result of one check.
     *
     * @param complete false if the account has more entries than one check sums up; then nothing is compared, and the next
     *     check continues from there
     * @param entries number of summed entries
     */
    record Checked(boolean complete, long entries, List<Difference> differences) {}

    /** The next accounts in order of their IDs, up to {@code max}. */
    List<String> accounts(String after, int max);

    /** Checks an account without delaying its bookings. */
    Checked check(String account);
}
