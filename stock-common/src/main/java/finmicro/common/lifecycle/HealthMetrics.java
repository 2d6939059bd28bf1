package finmicro.common.lifecycle;

import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;

/** The results of the health checks as metrics: 1 is up, 0 is down. */
@ApplicationScoped
public class HealthMetrics {

    private static final AttributeKey<String> CHECK = AttributeKey.stringKey("health.check");
    private static final AttributeKey<String> DEPENDENCY = AttributeKey.stringKey("dependency.name");

    private final OpenTelemetry telemetry;
    private final Readiness readiness;
    private List<ObservableLongGauge> gauges = List.of();

    @Inject
    public HealthMetrics(OpenTelemetry telemetry, Readiness readiness) {
        this.telemetry = telemetry;
        this.readiness = readiness;
    }

    void register(@Observes Startup event) {
        gauges = List.of(
                gauge("health.state", "{check}", "Whether the service is started and ready", this::checks),
                gauge("dependency.state", "{dependency}", "Whether the dependency is available", this::dependencies));
    }

    private ObservableLongGauge gauge(
            String name, String unit, String description, Consumer<ObservableLongMeasurement> measure) {
        return Telemetry.meter(telemetry)
                .gaugeBuilder(name)
                .ofLongs()
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measure);
    }

    private void checks(ObservableLongMeasurement state) {
        state.record(readiness.isStarted() ? 1 : 0, Attributes.of(CHECK, "started"));
        state.record(readiness.isReady() ? 1 : 0, Attributes.of(CHECK, "ready"));
    }

    private void dependencies(ObservableLongMeasurement state) {
        readiness.dependencies().forEach((name, up) -> state.record(up ? 1 : 0, Attributes.of(DEPENDENCY, name)));
    }

    /** Unregisters the callbacks, because the server's telemetry outlives the application. */
    @PreDestroy
    void close() {
        gauges.forEach(ObservableLongGauge::close);
    }
}
