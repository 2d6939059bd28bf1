package finmicro.trade.page.entity;

import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * What the page needs to know of its environment.
 *
 * @param items the origin of stock-items; empty if it is the origin of the page
 * @param balance the origin of stock-balance; empty if it is the origin of the page
 * @param signIn how users sign in; empty without authentication
 */
public record PageSettings(Optional<URI> items, Optional<URI> balance, Optional<SignIn> signIn) {

    /** Reads {@code PAGE_ITEMS_URL}, {@code PAGE_BALANCE_URL} and, with authentication, the variables of {@link SignIn}. */
    public static PageSettings of(Settings settings, Optional<TrustedIssuer> trusted) {
        return new PageSettings(
                settings.optionalOrigin("PAGE_ITEMS_URL"),
                settings.optionalOrigin("PAGE_BALANCE_URL"),
                trusted.map(issuer -> SignIn.of(settings, issuer)));
    }
}
