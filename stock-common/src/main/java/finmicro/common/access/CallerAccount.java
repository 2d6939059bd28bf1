package finmicro.common.access;

import finmicro.common.json.InvalidInput;
import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemException;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/**
 * Determines the account of a request from the caller and the account named in the request, if any. No other code decides this:
 *
 * <table>
 * <caption>The account by role</caption>
 * <tr><td>without tokens, and {@code service}</td><td>any; {@code main} if none is named</td></tr>
 * <tr><td>{@code operator}</td><td>any; if none is named, all for {@link #scope}, and an error for {@link #one}</td></tr>
 * <tr><td>{@code trader}, {@code viewer}</td><td>their own, from the claim {@code ACCOUNT_CLAIM}</td></tr>
 * </table>
 *
 * <p>In all methods the requested account is null if the request names none. They throw {@link InvalidInput} if it is not a
 * valid account ID, and a 403 if the caller may not use it, or if the token has no account.
 */
@ApplicationScoped
public class CallerAccount {

    /** Name of the account parameter in query and body. */
    public static final String PARAMETER = "account";

    private final Optional<TrustedIssuer> trusted;

    @Inject
    public CallerAccount(AccessConfig config) {
        trusted = config.trusted();
    }

    /** The accounts whose data the caller may list, read, cancel or subscribe to. */
    public AccountScope scope(SecurityContext caller, String requested) {
        return isOperator(caller) && requested == null ? AccountScope.ALL : AccountScope.of(one(caller, requested));
    }

    /** The single account of a request. An operator must name it. */
    public String one(SecurityContext caller, String requested) {
        if (isOperator(caller)) {
            if (requested == null) {
                throw InvalidInput.parameter(PARAMETER, "is missing: an operator must name the account");
            }
            return valid(requested);
        }
        return isAnyAllowed(caller) ? anyOrMain(requested) : own(caller, requested);
    }

    /**
     * The account for which the caller places an order. It is the caller's own unless authentication is off: neither operators nor
     * services trade for others.
     */
    public String toTrade(SecurityContext caller, String requested) {
        return trusted.isEmpty() ? anyOrMain(requested) : own(caller, requested);
    }

    private boolean isOperator(SecurityContext caller) {
        return trusted.isPresent() && caller.isUserInRole(Roles.OPERATOR);
    }

    private boolean isAnyAllowed(SecurityContext caller) {
        return trusted.isEmpty() || caller.isUserInRole(Roles.SERVICE);
    }

    private static String anyOrMain(String requested) {
        return requested == null ? Account.MAIN : valid(requested);
    }

    private String own(SecurityContext caller, String requested) {
        String own = trusted.orElseThrow()
                .accountClaim()
                .map(claim -> claimed(claim, caller))
                .orElse(Account.MAIN);
        if (requested != null && !valid(requested).equals(own)) {
            throw Problem.forbidden("This is not your account. Use your own account, or omit the account.")
                    .exception();
        }
        return own;
    }

    private static String claimed(String claim, SecurityContext caller) {
        String account = caller.getUserPrincipal() instanceof SignedIn signedIn ? signedIn.account() : null;
        if (account == null) {
            throw refused(claim, "is missing: it must name the caller's account");
        }
        if (!Account.isValid(account)) {
            throw refused(claim, "is not a valid account ID: it " + Account.RULE);
        }
        if (account.equals(Account.MAIN)) {
            throw refused(claim, "must not be " + Account.MAIN);
        }
        return account;
    }

    private static ProblemException refused(String claim, String detail) {
        return Problem.forbidden("The claim %s of the access token %s".formatted(claim, detail))
                .exception();
    }

    private static String valid(String requested) {
        if (!Account.isValid(requested)) {
            throw InvalidInput.parameter(PARAMETER, Account.RULE);
        }
        return requested;
    }
}
