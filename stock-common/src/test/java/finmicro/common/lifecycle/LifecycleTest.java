package finmicro.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Shutdown;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final Readiness readiness = new Readiness(new ManualClock());
    private final Lifecycle lifecycle = new Lifecycle(null, null, null, readiness);

    @BeforeEach
    void readyService() {
        readiness.started();
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void drainingServiceIsNotReadyAndReportsWhy() {
        lifecycle.stop(new Shutdown());

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.isStarted()).isTrue();
        assertThat(readiness.data()).containsEntry("service", "draining");
    }

    /** On a signal, the JVM runs the hook before the server stops the application. */
    @Test
    void shutdownSignalMakesTheServiceNotReadyBeforeTheApplicationStops() {
        lifecycle.drain();

        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void drainingServiceStaysNotReadyWhenADependencyBecomesAvailable() {
        lifecycle.drain();

        readiness.answered("database");

        assertThat(readiness.isReady()).isFalse();
    }
}
