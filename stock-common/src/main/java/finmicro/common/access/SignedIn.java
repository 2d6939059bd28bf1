package finmicro.common.access;

import java.security.Principal;
import java.time.Instant;

/**
 * The user principal of a request with an access token.
 *
 * @param name the claim {@code sub}
 * @param expires the claim {@code exp}
 */
public record SignedIn(String name, Instant expires) implements Principal {

    @Override
    public String getName() {
        return name;
    }
}
