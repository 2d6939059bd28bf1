package finmicro.common.access;

import finmicro.common.config.ServiceConfig;
import finmicro.common.json.InvalidInput;
import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemException;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/**
 * Decides which account a request is about. This is the one place that does, from the caller and from the account that the
 * request names, if it names one:
 *
 * <table>
 * <caption>The account by role</caption>
 * <tr><td>without tokens, and {@code service}</td><td>any; {@code main} if none is named</td></tr>
 * <tr><td>{@code operator}</td><td>any; if none is named, all for {@link #scope}, and an error for {@link #one}</td></tr>
 * <tr><td>{@code trader}, {@code viewer}</td><td>their own, as the claim {@code ACCOUNT_CLAIM} has it</td></tr>
 * </table>
 *
 * <p>In all methods the named account may be null, which means that the request names none. They throw
 * {@link InvalidInput} if it is not an account id, and a 403 if the caller may not use it, or if the token has no account.
 */
@ApplicationScoped
public class CallerAccount {

    /** The name of the parameter that names an account, in query and body. */
    public static final String PARAMETER = "account";

    private final Optional<TrustedIssuer> trusted;

    @Inject
    public CallerAccount(ServiceConfig config) {
        trusted = config.trusted();
    }

    /** What the caller may list, look up, cancel or listen to. */
    public AccountScope scope(SecurityContext caller, String requested) {
        return isOperator(caller) && requested == null ? AccountScope.ALL : AccountScope.of(one(caller, requested));
    }

    /** The one account that a request is about. An operator has to name it. */
    public String one(SecurityContext caller, String requested) {
        if (isOperator(caller)) {
            if (requested == null) {
                throw InvalidInput.parameter(PARAMETER, "is missing: an operator has to name the account");
            }
            return valid(requested);
        }
        return isAnyAllowed(caller) ? anyOrMain(requested) : own(caller, requested);
    }

    /**
     * The account that the caller places an order for. Only without tokens is it not the caller's own: neither an operator nor
     * a service trades for others.
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
            throw Problem.forbidden("the account is not the caller's").exception();
        }
        return own;
    }

    private static String claimed(String claim, SecurityContext caller) {
        String account = caller.getUserPrincipal() instanceof SignedIn signedIn ? signedIn.account() : null;
        if (account == null) {
            throw refused(claim, "is missing: it must name the caller's account");
        }
        if (!Account.isValid(account)) {
            throw refused(claim, "is not an account id: it " + Account.RULE);
        }
        if (account.equals(Account.MAIN)) {
            throw refused(claim, "must not be " + Account.MAIN);
        }
        return account;
    }

    private static ProblemException refused(String claim, String detail) {
        return Problem.forbidden("the claim %s of the access token %s".formatted(claim, detail))
                .exception();
    }

    private static String valid(String requested) {
        if (!Account.isValid(requested)) {
            throw InvalidInput.parameter(PARAMETER, Account.RULE);
        }
        return requested;
    }
}
