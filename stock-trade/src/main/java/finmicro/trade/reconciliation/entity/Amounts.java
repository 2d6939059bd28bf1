package finmicro.trade.reconciliation.entity;

import finmicro.common.reconciliation.Difference;
import java.util.ArrayList;
import java.util.List;

/**
 * The amounts of an effect or a ledger entry.
 *
 * @param cash whole yen
 * @param stockCode null if no shares are booked
 */
public record Amounts(long cash, String stockCode, long shares) {

    /**
     * Compares a ledger entry with the effect in the journal.
     *
     * @param entry null if the ledger has no such entry
     * @param effect null if the journal has no such effect
     */
    public static List<Difference> compare(EffectId id, Amounts entry, Amounts effect) {
        if (entry == null && effect == null) {
            return List.of();
        }
        List<Difference> differences = new ArrayList<>();
        if (entry == null || effect == null || entry.cash != effect.cash) {
            differences.add(new Difference(
                    id.account(),
                    id.key() + " cash",
                    entry == null ? null : entry.cash,
                    effect == null ? null : effect.cash));
        }
        if (entry != null && effect != null) {
            entry.compareShares(id, effect, differences);
        }
        return differences;
    }

    private void compareShares(EffectId id, Amounts effect, List<Difference> differences) {
        boolean sameStock = shares == 0 || effect.shares == 0 || stockCode.equals(effect.stockCode);
        if (!sameStock) {
            differences.add(difference(id, stockCode, shares, 0));
            differences.add(difference(id, effect.stockCode, 0, effect.shares));
        } else if (shares != effect.shares) {
            differences.add(difference(id, shares == 0 ? effect.stockCode : stockCode, shares, effect.shares));
        }
    }

    private static Difference difference(EffectId id, String stockCode, long entry, long effect) {
        return new Difference(id.account(), id.key() + " shares " + stockCode, entry, effect);
    }
}
