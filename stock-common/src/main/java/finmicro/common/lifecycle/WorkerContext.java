package finmicro.common.lifecycle;

import java.time.Duration;

/** Connects a worker thread to the service: stop signal, heartbeats, and the state of the worker's dependency. */
public interface WorkerContext {

    /** False once the service drains. Each call is a heartbeat. */
    boolean running();

    /** Waits for {@code duration}, or until the service drains. Returns {@link #running()}. */
    boolean pause(Duration duration);

    /**
     * Exponential backoff after a failure, up to 3 seconds, so that work resumes within seconds after an outage.
     *
     * @param failures consecutive failures, from 1
     * @return {@link #running()}
     */
    default boolean backOff(int failures) {
        return pause(Duration.ofMillis(Math.min(3_000, 100L << Math.min(failures, 6))));
    }

    /** The thread waits, possibly for long: until its next heartbeat it does not count as stuck. */
    void resting();

    /** The worker's dependency is available. */
    void answered();

    /** The worker's dependency has failed. Logged once per outage. */
    void failed(Throwable failure);
}
