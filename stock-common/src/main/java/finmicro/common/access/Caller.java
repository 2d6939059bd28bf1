package finmicro.common.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * The caller of a request.
 *
 * @param name the claim {@code sub}; null without a token
 * @param roles whether the caller has a role
 * @param expires the claim {@code exp}; {@link Instant#MAX} without a token
 * @param account as {@link SignedIn#account()}
 */
record Caller(String name, Predicate<String> roles, Instant expires, String account) implements SecurityContext {

    /** Any caller if authentication is off: no name, and all roles. */
    static final Caller ANONYMOUS = new Caller(null, role -> true, Instant.MAX, null);

    @Override
    public Principal getUserPrincipal() {
        return name == null ? null : new SignedIn(name, expires, account);
    }

    @Override
    public boolean isUserInRole(String role) {
        return roles.test(role);
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
