package finmicro.common.lifecycle;

/**
 * A background task that runs from the service's start until it drains: a poller, a relay, a ticker. {@link Lifecycle} starts
 * each bean of this type on managed threads, after the {@link Preparation}s.
 */
public interface Worker {

    /** Its name in logs and in the health response. */
    String name();

    /** Number of threads that run it. */
    default int threads() {
        return 1;
    }

    /** Whether the service is not ready until {@link WorkerContext#reportSuccess()} is called. */
    default boolean required() {
        return false;
    }

    /**
     * The work of one thread. Returns when {@link WorkerContext#running()} is false, or when there is no more work. If it throws
     * an exception, it is logged and run again.
     */
    void run(WorkerContext context) throws Exception;

    /**
     * Called when the service stops, once {@link WorkerContext#running()} is false: ends blocking calls of the worker's threads.
     * May block for up to a second.
     */
    default void drain() {}
}
