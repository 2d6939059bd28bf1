package finmicro.trade.account.entity;

/** The state of the effect of a trade on its account. */
public enum AccountEffect {
    /** No effect yet: an old stock-trade placed the order, or buying power was not checked. */
    NONE("N"),
    /** Cash or shares are reserved for it. */
    RESERVED("R"),
    /** The outcome is applied, and the reservation released. Final. */
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
        throw new IllegalArgumentException("unknown account effect " + code);
    }
}
