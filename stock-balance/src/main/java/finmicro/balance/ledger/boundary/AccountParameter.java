package finmicro.balance.ledger.boundary;

/** What the descriptions say of the parameter that names an account. */
public final class AccountParameter {

    /** Of an operation about one account. */
    public static final String ONE =
            "The account. A trader and a viewer have their own and need not name it; an operator"
                    + " has to. Without tokens `main` by default";

    private AccountParameter() {}
}
