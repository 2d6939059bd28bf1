package finmicro.trade.reconciliation.entity;

import finmicro.common.reconciliation.Difference;
import java.util.ArrayList;
import java.util.List;

/**
 * What an effect or an entry changed.
 *
 * @param cash whole yen
 * @param stockCode null if no shares were moved
 */
public record Amounts(long cash, String stockCode, long shares) {

    /**
     * What differs between an entry of the ledger and the effect here; of both, one may be null.
     *
     * @param entry as the ledger has it
     * @param effect as the journal has it
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
