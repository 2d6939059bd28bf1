package finmicro.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Stops what was started, in reverse order. If a signal arrives during a start, the current step completes and is stopped
 * with the rest; later steps are rejected.
 */
final class StartedResources implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closing;

    /**
     * Starts a resource and registers it.
     *
     * @throws IllegalStateException if closing has begun
     */
    synchronized <T extends AutoCloseable> T start(Supplier<T> start) {
        requireOpen();
        var resource = start.get();
        started.push(resource);
        return resource;
    }

    /**
     * Starts a resource that is already registered.
     *
     * @throws IllegalStateException if closing has begun
     */
    synchronized void run(Runnable start) {
        requireOpen();
        start.run();
    }

    /**
     * Registers a resource to be stopped.
     *
     * @throws IllegalStateException if closing has begun
     */
    synchronized void register(AutoCloseable resource) {
        requireOpen();
        started.push(resource);
    }

    private void requireOpen() {
        if (closing) {
            throw new IllegalStateException("The system is shutting down");
        }
    }

    /** Stops every resource, even if stopping one of them fails. */
    @Override
    public synchronized void close() {
        closing = true;
        while (!started.isEmpty()) {
            var resource = started.pop();
            try {
                resource.close();
            } catch (Exception e) {
                System.err.println(resource.getClass().getSimpleName() + " could not be stopped: " + e);
            }
        }
    }
}
