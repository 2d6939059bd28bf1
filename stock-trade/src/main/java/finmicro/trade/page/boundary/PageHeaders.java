package finmicro.trade.page.boundary;

import finmicro.common.lifecycle.Readiness;
import finmicro.trade.TradeConfig;
import finmicro.trade.access.entity.Credentials;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the browser what the page may do: load its own files, call the origins it is configured for, and nothing else. The
 * OpenAPI UI is another application, which this does not reach.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PageHeaders extends HttpFilter {

    @Inject
    private transient TradeConfig config;

    @Inject
    private transient Readiness readiness;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // With a wrong configuration there is no page, and nothing but health answers.
        if (readiness.isStarted()) {
            response.setHeader("Content-Security-Policy", policy());
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (request.isSecure() || "https".equals(request.getHeader("X-Forwarded-Proto"))) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        // The page's files are small and change with a deployment: asked for again each time, and seldom sent.
        if (!request.getRequestURI().startsWith("/webjars/")) {
            response.setHeader("Cache-Control", "no-cache");
        }
        chain.doFilter(request, response);
    }

    private String policy() {
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
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'" + callable
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
