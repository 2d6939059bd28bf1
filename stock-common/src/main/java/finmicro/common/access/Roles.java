package finmicro.common.access;

/**
 * What a caller may be. A resource method names those it lets in ({@code @RolesAllowed}), or says that it is public
 * ({@code @PermitAll}); one that does neither lets nobody in.
 */
public final class Roles {

    /** A customer: places, reads and cancels orders of the own account. */
    public static final String TRADER = "trader";

    /** Reads the own account. */
    public static final String VIEWER = "viewer";

    /** Another service: books in the ledger, and reads what it needs, of any account. */
    public static final String SERVICE = "service";

    /** Staff: opens, suspends and closes accounts, moves cash, reads any account and cancels any order; places none. */
    public static final String OPERATOR = "operator";

    private Roles() {}
}
