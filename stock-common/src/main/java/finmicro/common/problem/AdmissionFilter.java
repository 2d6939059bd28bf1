package finmicro.common.problem;

import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.Log;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits the number of concurrent requests, so that some server threads stay free for health checks, which are not part of
 * the application, and for pollers and relays. Otherwise a load balancer would kill a task because it is busy. An event
 * stream counts only until it is open, because an open stream occupies no server thread.
 */
public class AdmissionFilter extends HttpFilter {

    private static final System.Logger LOG = Log.of(AdmissionFilter.class);
    private static final long SECOND = 1_000_000_000L;

    @Inject
    private transient StrictJson json;

    private final transient Semaphore permits;
    private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - SECOND);

    /** @param maxConcurrent maximum concurrent requests, set in the service's {@code server.xml} next to the thread pool */
    @Inject
    public AdmissionFilter(@ConfigProperty(name = "requests.at.once") int maxConcurrent) {
        this.permits = new Semaphore(maxConcurrent);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!permits.tryAcquire()) {
            logRefusal();
            ProblemServlet.answer(
                    Problem.unavailable("The service is handling too many requests. Try again in a few seconds."),
                    response,
                    json);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            permits.release();
        }
    }

    /** Logs at most once per second, because thousands of requests may be refused in that time. */
    private void logRefusal() {
        long last = lastLogged.get();
        long now = System.nanoTime();
        if (now - last >= SECOND && lastLogged.compareAndSet(last, now)) {
            LOG.log(System.Logger.Level.WARNING, "request.unavailable reason=too many concurrent requests");
        }
    }
}
