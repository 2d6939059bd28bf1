package finmicro.common.access;

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
 * Refuses cross-origin requests of browsers, except from the configured origins (CORS). It replaces the server's CORS feature,
 * which does not send {@code Vary: Origin}, and which executes cross-origin requests with side effects and only hides their
 * responses.
 */
public class OriginFilter extends HttpFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String ORIGIN = "Origin";

    @Inject
    private transient AccessConfig config;

    @Inject
    private transient Readiness readiness;

    @Inject
    private transient StrictJson json;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Vary", ORIGIN);
        // With an invalid configuration there is no policy, and every request is refused later.
        if (!readiness.isStarted()) {
            chain.doFilter(request, response);
            return;
        }
        OriginPolicy policy = config.originPolicy();
        String host = request.getHeader("Host");
        String origin = request.getHeader(ORIGIN);
        if (!policy.answersTo(host)) {
            refuse(
                    "This host name is not allowed. With AUTH=off use localhost, or add the host name to HOST_NAMES.",
                    response);
        } else if (origin != null && policy.allows(origin)) {
            share(origin, request, response, chain);
        } else if (isForeign(origin, host, request) && (changes(request) || isPreflight(request))) {
            refuse(
                    "This origin is not allowed. Use the service's own page, or add the origin to CORS_ORIGINS.",
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Whether a browser sends the request for a page of another origin. Other clients send neither header. */
    private static boolean isForeign(String origin, String host, HttpServletRequest request) {
        if (origin != null) {
            return !OriginPolicy.isOwn(origin, scheme(request), host);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** The scheme that the caller uses; a load balancer that terminates TLS forwards it. */
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
