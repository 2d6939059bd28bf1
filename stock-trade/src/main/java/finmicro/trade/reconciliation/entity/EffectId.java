package finmicro.trade.reconciliation.entity;

/** Identifies an effect and its ledger entry. */
public record EffectId(String account, String key) implements Comparable<EffectId> {

    /** Whether the text is an effect id and not an account id, which contains no space. */
    public static boolean isText(String text) {
        return text.indexOf(' ') >= 0;
    }

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
