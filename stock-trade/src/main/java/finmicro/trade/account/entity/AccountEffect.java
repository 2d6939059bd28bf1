package finmicro.trade.account.entity;

/** What a trade has done to its account so far. */
public enum AccountEffect {
    /** Nothing yet: an old stock-trade placed it, or buying power was not checked. */
    NONE("N"),
    /** Cash or shares are reserved for it. */
    RESERVED("R"),
    /** Its outcome is applied; nothing is reserved any more. Final. */
    APPLIED("A");

    private final String code;

    AccountEffect(String code) {
        this.code = code;
    }

    /** The code in the table. */
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException for an unknown code */
    public static AccountEffect of(String code) {
        for (AccountEffect effect : values()) {
            if (effect.code.equals(code)) {
                return effect;
            }
        }
        throw new IllegalArgumentException("no account effect " + code);
    }
}
