package finmicro.common.access;

import finmicro.common.trading.Account;
import java.util.Optional;

/**
 * The accounts whose data a caller may read: one or all. Every query of account data takes a scope, so that the filter by
 * account cannot be forgotten. {@link CallerAccount} creates it for a caller. Immutable.
 */
public final class AccountScope {

    /** All accounts: for operators, and for the service's background tasks. */
    public static final AccountScope ALL = new AccountScope(null);

    private final String account;

    private AccountScope(String account) {
        this.account = account;
    }

    /**
     * One account.
     *
     * @throws IllegalArgumentException if it is not a valid account ID
     */
    public static AccountScope of(String account) {
        if (!Account.isValid(account)) {
            throw new IllegalArgumentException("not an account ID");
        }
        return new AccountScope(account);
    }

    /** The account that a query filters by; empty if it does not filter. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** Whether the account is in this scope. */
    public boolean covers(String other) {
        return account == null || account.equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountScope scope && account().equals(scope.account());
    }

    @Override
    public int hashCode() {
        return account().hashCode();
    }

    /** The account, or {@code *}. */
    @Override
    public String toString() {
        return account().orElse("*");
    }
}
