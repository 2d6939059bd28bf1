package finmicro.common.lifecycle;

import finmicro.common.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses every request if the service did not start because of an invalid configuration. */
@Provider
@PreMatching
public class StartedFilter implements ContainerRequestFilter {

    @Inject
    private Readiness readiness;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!readiness.isStarted()) {
            request.abortWith(Problem.unavailable("The service has not started. See its health check for the reason.")
                    .response());
        }
    }
}
