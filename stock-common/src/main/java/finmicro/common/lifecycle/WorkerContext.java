package finmicro.common.lifecycle;

import java.time.Duration;

/** What a worker's thread and the service tell one another: go on, stop, I live, what I need answered or did not. */
public interface WorkerContext {

    /** False once the service drains. Each call is a sign of life. */
    boolean running();

    /** Waits, but not for longer than the service runs. Returns {@link #running()}. */
    boolean pause(Duration duration);

    /**
     * Waits after a failure, longer after each in a row, and 3 seconds at most: when an outage is over, work goes on within
     * seconds.
     *
     * @param failures in a row, from 1
     * @return {@link #running()}
     */
    default boolean backOff(int failures) {
        return pause(Duration.ofMillis(Math.min(3_000, 100L << Math.min(failures, 6))));
    }

    /** The thread will wait for its turn: until the next sign of life its silence is no fault. */
    void resting();

    /** What the worker needs has answered. */
    void answered();

    /** What the worker needs has failed; logged when it is news. */
    void failed(Throwable failure);
}
