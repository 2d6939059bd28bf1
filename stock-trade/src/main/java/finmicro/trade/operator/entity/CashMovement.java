package finmicro.trade.operator.entity;

import finmicro.trade.account.entity.CashEntry;
import java.time.Instant;

/**
 * A deposit or withdrawal that is booked.
 *
 * @param movementNo unique; the ledger has it under the key {@code cash-<number>}
 * @param amount whole yen, above 0
 * @param reference null if there is none
 */
public record CashMovement(
        long movementNo, String account, CashEntry.Kind kind, long amount, String reference, Instant createdAt) {

    /** The entry that the ledger books. */
    public CashEntry entry() {
        return new CashEntry("cash-" + movementNo, account, kind, amount, reference);
    }
}
