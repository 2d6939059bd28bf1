package finmicro.trade.page.boundary;

import finmicro.common.access.AccessConfig;
import finmicro.trade.access.entity.Credentials;
import finmicro.trade.page.entity.PageSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The content security policy of the page. Computed once, since every response contains it. */
@ApplicationScoped
public class PagePolicy {

    private final String text;

    @Inject
    public PagePolicy(PageSettings settings, AccessConfig config, Optional<Credentials> credentials) {
        // The page reads the metadata of the provider and requests tokens, often from another origin.
        Optional<URI> provider = config.trusted().map(issuer -> URI.create(issuer.issuer()));
        Optional<URI> tokens = config.trusted().flatMap(issuer -> credentials).map(Credentials::endpoint);
        String callable = Stream.of(settings.items(), settings.balance(), provider, tokens)
                .flatMap(Optional::stream)
                .map(url -> url.resolve("/").toString().replaceFirst("/$", ""))
                .map(origin -> " " + origin)
                .distinct()
                .collect(Collectors.joining());
        text = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'" + callable
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** The value of the Content-Security-Policy header. */
    public String text() {
        return text;
    }
}
