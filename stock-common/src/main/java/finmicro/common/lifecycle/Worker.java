package finmicro.common.lifecycle;

/**
 * Something that works in the background from the service's start until it drains: a poller, a relay, a ticker. Each
 * bean of this type is started by {@link Lifecycle} on managed threads, after the service's {@link Preparation}s.
 */
public interface Worker {

    /** Its name in logs and in the health answer. */
    String name();

    /** How many threads run it. */
    default int threads() {
        return 1;
    }

    /** Whether the service is not ready before {@link WorkerContext#answered()} was called once. */
    default boolean required() {
        return false;
    }

    /**
     * The work of one thread: returns when {@link WorkerContext#running()} is false (or when it is done for good). What it throws
     * is logged, and it is run again.
     */
    void run(WorkerContext context) throws Exception;

    /**
     * Told when the service stops, once {@link WorkerContext#running()} is false: ends what the worker's threads wait for. It may
     * wait itself, a second at most.
     */
    default void drain() {}
}
