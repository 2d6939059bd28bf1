package finmicro.trade.page.boundary;

import finmicro.common.lifecycle.Readiness;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells the browser what the page may do: load its own files, call the origins it is configured for, and nothing else. The
 * OpenAPI UI is another application, which this does not reach.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PageHeaders extends HttpFilter {

    @Inject
    private transient PagePolicy policy;

    @Inject
    private transient Readiness readiness;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // With a wrong configuration there is no page, and nothing but health answers.
        if (readiness.isStarted()) {
            response.setHeader("Content-Security-Policy", policy.text());
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
}
