package finmicro.trade.page.boundary;

import finmicro.trade.page.entity.SignIn;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where the page finds what it needs.
 *
 * @param itemsUrl the origin of stock-items; empty where it is the page's own
 * @param balanceUrl the same of stock-balance
 * @param auth how people sign in; null where everybody may call
 */
@Schema(description = "Where the page finds what it needs; an empty URL is the page's own origin")
public record PageConfiguration(
        @Schema(examples = "http://localhost:8080") String itemsUrl,

        @Schema(examples = "http://localhost:8082") String balanceUrl,

        @Schema(description = "Absent where everybody may call. How people sign in")
        SignIn auth) {

    static PageConfiguration of(Optional<URI> items, Optional<URI> balance, Optional<SignIn> auth) {
        return new PageConfiguration(text(items), text(balance), auth.orElse(null));
    }

    private static String text(Optional<URI> url) {
        return url.map(URI::toString).orElse("");
    }
}
