package finmicro.common.access;

import java.security.Principal;
import java.time.Instant;

/**
 * The user principal of a request with an access token.
 *
 * @param name the claim {@code sub}
 * @param expires the claim {@code exp}
 * @param account the unchecked claim {@code ACCOUNT_CLAIM}; null if it is missing or not a string. {@link CallerAccount}
 *     validates it
 */
public record SignedIn(String name, Instant expires, String account) implements Principal {

    @Override
    public String getName() {
        return name;
    }
}
