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
 * Lets in so many requests at once, whatever they ask for and however slowly their bodies come, that some of the server's
 * threads are left: for health, which is no part of the application, and for pollers and relays. Else a load balancer would
 * kill a task for having much to do. A stream of events counts until it is open: it has no thread of its own.
 */
public class AdmissionFilter extends HttpFilter {

    private static final System.Logger LOG = Log.of(AdmissionFilter.class);
    private static final long SECOND = 1_000_000_000L;

    @Inject
    private transient StrictJson json;

    private final transient Semaphore room;
    private final AtomicLong told = new AtomicLong(System.nanoTime() - SECOND);

    /** @param most requests at once, of the service's {@code server.xml}, which has the threads beside them */
    @Inject
    public AdmissionFilter(@ConfigProperty(name = "requests.at.once") int most) {
        this.room = new Semaphore(most);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!room.tryAcquire()) {
            tell();
            ProblemServlet.answer(Problem.unavailable("too many requests come at once"), response, json);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            room.release();
        }
    }

    /** Once a second at most: thousands may be refused in it. */
    private void tell() {
        long last = told.get();
        long now = System.nanoTime();
        if (now - last >= SECOND && told.compareAndSet(last, now)) {
            LOG.log(System.Logger.Level.WARNING, "request.unavailable reason=too many at once");
        }
    }
}
