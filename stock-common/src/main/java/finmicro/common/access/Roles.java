package finmicro.common.access;

/**
 * What a caller may be. A resource method names those it lets in ({@code @RolesAllowed}), or says that it is public
 * ({@code @PermitAll}); one that does neither lets nobody in.
 */
public final class Roles {

    /** A customer: places, reads and cancels. */
    public static final String TRADER = "trader";

    /** Reads. */
    public static final String VIEWER = "viewer";

    /** Another service: settles, holds, and reads what it needs. */
    public static final String SERVICE = "service";

    private Roles() {}
}
