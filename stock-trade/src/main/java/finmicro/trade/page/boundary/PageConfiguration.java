package finmicro.trade.page.boundary;

import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where the page finds what it needs.
 *
 * @param itemsUrl the origin of stock-items; empty where it is the page's own
 * @param balanceUrl the same of stock-balance
 */
@Schema(description = "Where the page finds what it needs; an empty URL is the page's own origin")
public record PageConfiguration(
        @Schema(examples = "http://localhost:8080") String itemsUrl,

        @Schema(examples = "http://localhost:8082") String balanceUrl) {

    static PageConfiguration of(Optional<URI> items, Optional<URI> balance) {
        return new PageConfiguration(text(items), text(balance));
    }

    private static String text(Optional<URI> url) {
        return url.map(URI::toString).orElse("");
    }
}
