package finmicro.common.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/**
 * {@code /health/started} and {@code /health/live}: they know nothing of databases and queues. {@code /health/ready}:
 * what the load balancer asks. All answer from memory, with no I/O in the request.
 */
@ApplicationScoped
public class HealthChecks {

    private final Readiness readiness;

    @Inject
    public HealthChecks(Readiness readiness) {
        this.readiness = readiness;
    }

    /** The application has started, with a valid configuration. */
    @Produces
    @Startup
    HealthCheck started() {
        return () -> response("started", readiness.isStarted());
    }

    /** The JVM answers. */
    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("live");
    }

    /** Each dependency answered once, nothing is stuck, and the service does not drain. */
    @Produces
    @org.eclipse.microprofile.health.Readiness
    HealthCheck ready() {
        return () -> response("ready", readiness.isReady());
    }

    private HealthCheckResponse response(String name, boolean up) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(up);
        readiness.data().forEach(response::withData);
        return response.build();
    }
}
