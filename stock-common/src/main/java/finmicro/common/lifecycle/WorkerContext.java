package finmicro.common.lifecycle;

import java.time.Duration;

/** Connects a worker thread to the service: stop signal, heartbeats, and the state of the worker's dependency. */
public interface WorkerContext {

    /** The work of {@link #repeat}. */
    interface Task {

        void run() throws Exception;
    }

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

    /**
     * Runs a task until the service drains, and reports the outcome of each run.
     *
     * @param interval from the end of a run to the start of the next
     * @param retryInterval the same after a run that threw an exception
     */
    default void repeat(Duration interval, Duration retryInterval, Task task) {
        while (running()) {
            Duration next = interval;
            try {
                task.run();
                reportSuccess();
            } catch (Exception e) {
                reportFailure(e);
                next = retryInterval;
            }
            reportIdle();
            pause(next);
        }
    }

    /** Runs a task until the service drains, at the same interval after a failure. */
    default void repeat(Duration interval, Task task) {
        repeat(interval, interval, task);
    }

    /** The thread waits, possibly for long: until its next heartbeat it does not count as stuck. */
    void reportIdle();

    /** The worker's dependency is available. */
    void reportSuccess();

    /** The worker's dependency has failed. Logged once per outage. */
    void reportFailure(Throwable failure);
}
