package finmicro.trade.page.boundary;

import finmicro.trade.page.entity.PageSettings;
import finmicro.trade.page.entity.SignIn;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The configuration of the page.
 *
 * @param itemsUrl the origin of stock-items; empty if it is the origin of the page
 * @param balanceUrl the origin of stock-balance; empty if it is the origin of the page
 * @param auth how users sign in; null without authentication
 */
@Schema(description = "Configuration of the page. An empty URL means the origin of the page")
public record PageConfiguration(
        @Schema(examples = "http://localhost:8080") String itemsUrl,

        @Schema(examples = "http://localhost:8082") String balanceUrl,

        @Schema(description = "Absent without authentication. How users sign in")
        SignIn auth) {

    static PageConfiguration of(PageSettings settings) {
        return new PageConfiguration(
                text(settings.items()),
                text(settings.balance()),
                settings.signIn().orElse(null));
    }

    private static String text(Optional<URI> url) {
        return url.map(URI::toString).orElse("");
    }
}
