package finmicro.common.access;

/**
 * The roles of callers. A resource method lists the roles it admits ({@code @RolesAllowed}) or is public ({@code @PermitAll}); a
 * method without either refuses every caller.
 */
public final class Roles {

    /** A customer: places, reads and cancels orders of their own account. */
    public static final String TRADER = "trader";

    /** Reads their own account. */
    public static final String VIEWER = "viewer";

    /** Another service: books ledger entries and reads data of any account. */
    public static final String SERVICE = "service";

    /** Staff: opens, suspends and closes accounts, moves cash, reads any account and cancels any order, but places no orders. */
    public static final String OPERATOR = "operator";

    private Roles() {}
}
