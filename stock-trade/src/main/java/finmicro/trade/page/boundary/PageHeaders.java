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
 * Sets the security headers of the page: it can load its own files and call the configured origins, and nothing else. The OpenAPI UI
 * is a separate application, to which this filter does not apply.
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
        // Without a valid configuration, only the health endpoints work, and the policy cannot be created.
        if (readiness.isStarted()) {
            response.setHeader("Content-Security-Policy", policy.text());
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (request.isSecure() || "https".equals(request.getHeader("X-Forwarded-Proto"))) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        // The files of the page change with a deployment. The browser revalidates them, and usually gets a 304.
        if (!request.getRequestURI().startsWith("/webjars/")) {
            response.setHeader("Cache-Control", "no-cache");
        }
        chain.doFilter(request, response);
    }
}
