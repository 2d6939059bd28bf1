package finmicro.trade.page.boundary;

import finmicro.trade.TradeConfig;
import finmicro.trade.access.entity.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The content security policy of the page, as the configuration makes it; once, since it goes with every answer. */
@ApplicationScoped
public class PagePolicy {

    private final String text;

    @Inject
    public PagePolicy(TradeConfig config) {
        // Of the provider, its description and, often elsewhere, its tokens.
        Optional<URI> provider = config.trusted().map(issuer -> URI.create(issuer.issuer()));
        Optional<URI> tokens =
                config.trusted().flatMap(issuer -> config.credentials()).map(Credentials::endpoint);
        String callable = Stream.of(config.pageItems(), config.pageBalance(), provider, tokens)
                .flatMap(Optional::stream)
                .map(url -> url.resolve("/").toString().replaceFirst("/$", ""))
                .map(origin -> " " + origin)
                .distinct()
                .collect(Collectors.joining());
        text = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'" + callable
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** The value of the header. */
    public String text() {
        return text;
    }
}
