package finmicro.common.access;

import finmicro.common.config.ServiceConfig;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Readiness;
import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemServlet;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Refuses requests that pages of other origins make browsers send, and lets the pages of configured origins call (CORS). In
 * place of the server's own CORS element, which sends no {@code Vary: Origin} and lets requests through that change something
 * and whose response the page cannot read.
 */
public class OriginFilter extends HttpFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String ORIGIN = "Origin";

    @Inject
    private transient ServiceConfig config;

    @Inject
    private transient Readiness readiness;

    @Inject
    private transient StrictJson json;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Vary", ORIGIN);
        // With a wrong configuration there is no policy, and nothing but health answers.
        if (!readiness.isStarted()) {
            chain.doFilter(request, response);
            return;
        }
        OriginPolicy policy = config.originPolicy();
        String host = request.getHeader("Host");
        String origin = request.getHeader(ORIGIN);
        if (!policy.answersTo(host)) {
            refuse("the service is not called by this host name: with AUTH=off only loopback and HOST_NAMES", response);
        } else if (origin != null && policy.allows(origin)) {
            share(origin, request, response, chain);
        } else if (isForeign(origin, host, request) && (changes(request) || isPreflight(request))) {
            refuse("pages of another origin may not call, unless CORS_ORIGINS names it", response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Whether a browser sends the request for a page of another origin; what is no browser sends neither header. */
    private static boolean isForeign(String origin, String host, HttpServletRequest request) {
        if (origin != null) {
            return !OriginPolicy.isOwn(origin, scheme(request), host);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** The scheme that the caller speaks; a load balancer that ends TLS passes it on. */
    private static String scheme(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Proto");
        return forwarded == null ? request.getScheme() : forwarded;
    }

    private static boolean changes(HttpServletRequest request) {
        return !READING.contains(request.getMethod());
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static void share(
            String origin, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (isPreflight(request)) {
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
            response.setHeader("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key, Authorization");
            response.setHeader("Access-Control-Max-Age", "3600");
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setHeader("Access-Control-Expose-Headers", "Location, Retry-After");
        chain.doFilter(request, response);
    }

    private void refuse(String detail, HttpServletResponse response) throws IOException {
        ProblemServlet.answer(Problem.forbidden(detail), response, json);
    }
}
