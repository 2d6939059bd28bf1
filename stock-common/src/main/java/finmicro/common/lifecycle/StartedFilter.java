package finmicro.common.lifecycle;

import finmicro.common.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses every request to a service whose configuration kept it from starting. */
@Provider
@PreMatching
public class StartedFilter implements ContainerRequestFilter {

    @Inject
    private Readiness readiness;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!readiness.isStarted()) {
            request.abortWith(Problem.unavailable("the service has not started").response());
        }
    }
}
