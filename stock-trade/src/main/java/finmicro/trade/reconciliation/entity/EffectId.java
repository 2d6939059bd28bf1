package finmicro.trade.reconciliation.entity;

/** An effect on an account, or the ledger's entry of it. */
public record EffectId(String account, String key) implements Comparable<EffectId> {

    /** Whether the text is that of an effect, and not the id of an account, which has no space. */
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
