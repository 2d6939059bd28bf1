package finmicro.balance.ledger.boundary;

/** API descriptions of the parameter that names an account. */
public final class AccountParameter {

    /** For an operation on one account. */
    public static final String ONE =
            "The account. Traders and viewers have their own account and can omit it; operators must name"
                    + " one. Defaults to `main` if the service runs without tokens";

    private AccountParameter() {}
}
