package finmicro.common.problem;

import finmicro.common.json.StrictJson;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets in so many requests at once, whatever they ask for and however slowly their bodies come, that some of the server's
 * threads are left: for health, which is no part of the application, and for pollers and relays. Else a load balancer would
 * kill a task for having much to do. One that is handled asynchronously, as a stream of events, holds no thread and counts no more.
 */
public class AdmissionFilter extends HttpFilter {

    @Inject
    private transient StrictJson json;

    private final transient Semaphore room;

    /** @param most requests at once, of the service's {@code server.xml}, which has the threads beside them */
    @Inject
    public AdmissionFilter(@ConfigProperty(name = "requests.at.once") int most) {
        this.room = new Semaphore(most);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!room.tryAcquire()) {
            ProblemServlet.answer(Problem.unavailable("too many requests come at once"), response, json);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            room.release();
        }
    }
}
