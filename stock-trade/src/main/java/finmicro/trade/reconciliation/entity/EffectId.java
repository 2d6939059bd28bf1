package finmicro.trade.reconciliation.entity;

/** An effect on an account, or the ledger's entry of it. */
public record EffectId(String account, String key) implements Comparable<EffectId> {

    @Override
    public int compareTo(EffectId other) {
        int byAccount = account.compareTo(other.account);
        return byAccount == 0 ? key.compareTo(other.key) : byAccount;
    }

    @Override
    public String toString() {
        return account + " " + key;
    }
}
