package finmicro.trade.operator.entity;

import finmicro.trade.account.entity.CashEntry;
import java.time.Instant;

/**
 * A booked deposit or withdrawal.
 *
 * @param movementNo unique; the key of the ledger entry is {@code cash-<movementNo>}
 * @param amount whole yen, above 0
 * @param reference null if there is none
 */
public record CashMovement(
        long movementNo, String account, CashEntry.Kind kind, long amount, String reference, Instant createdAt) {

    /** The ledger entry of this movement. */
    public CashEntry entry() {
        return new CashEntry("cash-" + movementNo, account, kind, amount, reference);
    }
}
