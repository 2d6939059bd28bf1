package finmicro.common.reconciliation;

import jakarta.annotation.Nullable;

/**
 * A value of an account that differs from its entries.
 *
 * @param item name of the value: {@code cash} or {@code shares A002}, optionally with the prefix {@code reserved};
 *     {@code sequence}; or the key of an entry with {@code cash} or {@code shares}
 * @param expected the sum of the account's entries, in whole yen or shares; null if there is no such entry
 * @param actual the stored value; null if there is none
 */
public record Difference(
        String account,
        String item,
        @Nullable Long expected,
        @Nullable Long actual) {}
