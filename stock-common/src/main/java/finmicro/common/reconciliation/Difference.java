package finmicro.common.reconciliation;

import jakarta.annotation.Nullable;

/**
 * A value of an account that is not what it should be.
 *
 * @param item what differs: {@code cash}, {@code shares A002}, these with {@code reserved} before them, {@code sequence}, or the
 *     key of an entry with {@code cash} or {@code shares}
 * @param expected the value by the account's entries, in whole yen or shares; null if there is none
 * @param actual the value that is stored; null if there is none
 */
public record Difference(
        String account,
        String item,
        @Nullable Long expected,
        @Nullable Long actual) {}
