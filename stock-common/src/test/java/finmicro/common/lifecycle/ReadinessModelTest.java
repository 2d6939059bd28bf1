package finmicro.common.lifecycle;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets Lincheck explore interleavings of health checks and readiness changes: a few in each build, many with {@code -Pchaos}. A
 * health check may return UP only if the service was ready at some point during the check.
 */
@Tag("chaos")
class ReadinessModelTest {

    /** A strong reference, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger(Readiness.class.getName());

    private static ModelCheckingOptions options() {
        LOG.setLevel(Level.OFF);
        boolean isLong = "long".equals(System.getProperty("chaos"));
        return new ModelCheckingOptions()
                .iterations(isLong ? 1_000 : 100)
                .invocationsPerIteration(isLong ? 1_000 : 100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("java.util.concurrent.ConcurrentHashMap")
                        .allMethods()
                        .treatAsAtomic());
    }

    /** A started service that drains before or after its database becomes available. */
    public static class Draining {

        private final Readiness readiness = new Readiness(() -> 0);

        public Draining() {
            readiness.expect("database");
            readiness.started();
        }

        @Operation
        public void answered() {
            readiness.answered("database");
        }

        @Operation
        public void drain() {
            readiness.draining();
        }

        @Operation
        public boolean isReady() {
            return readiness.isReady();
        }
    }

    @Test
    void serviceThatDrainsBeforeItsDependenciesAreAvailableIsNeverReady() {
        options().check(Draining.class);
    }

    /** A worker thread that works, rests, or sends no heartbeats. */
    public static class Working {

        private volatile long now;
        private final Readiness readiness = new Readiness(() -> now);

        public Working() {
            readiness.started();
        }

        // Only the thread itself sends its heartbeats.
        @Operation(nonParallelGroup = "worker")
        public void alive() {
            readiness.alive("queue-1");
        }

        @Operation(nonParallelGroup = "worker")
        public void rest() {
            readiness.quiet("queue-1");
        }

        @Operation
        public void silence() {
            now += Readiness.SILENCE_LIMIT.plus(Duration.ofSeconds(1)).toNanos();
        }

        @Operation
        public boolean isReady() {
            return readiness.isReady();
        }
    }

    @Test
    void threadThatSentAHeartbeatOrRestsIsNotStuck() {
        options().check(Working.class);
    }
}
