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
 * {@code /health/started} and {@code /health/live}, which do not depend on databases and queues, and {@code /health/ready} for
 * the load balancer. All respond from memory, without I/O.
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

    /** The JVM responds. */
    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("live");
    }

    /** Each dependency was available once, no thread is stuck, and the service is not draining. */
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
