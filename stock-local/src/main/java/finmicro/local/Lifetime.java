package finmicro.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * What was started, to be ended in reverse order. A signal can come in the middle of a start: the step in hand is then
 * finished, ended with the rest, and no further one begins.
 */
final class Lifetime implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean ending;

    /**
     * Starts one thing and owns it.
     *
     * @throws IllegalStateException when the end has begun
     */
    synchronized <T extends AutoCloseable> T start(Supplier<T> start) {
        requireOpen();
        var thing = start.get();
        started.push(thing);
        return thing;
    }

    /**
     * Starts something that is owned already.
     *
     * @throws IllegalStateException when the end has begun
     */
    synchronized void step(Runnable start) {
        requireOpen();
        start.run();
    }

    /**
     * Will end this too.
     *
     * @throws IllegalStateException when the end has begun
     */
    synchronized void own(AutoCloseable thing) {
        requireOpen();
        started.push(thing);
    }

    private void requireOpen() {
        if (ending) {
            throw new IllegalStateException("being stopped");
        }
    }

    /** Ends everything, also when the end of one fails. */
    @Override
    public synchronized void close() {
        ending = true;
        while (!started.isEmpty()) {
            var thing = started.pop();
            try {
                thing.close();
            } catch (Exception e) {
                System.err.println(thing.getClass().getSimpleName() + " did not end well: " + e);
            }
        }
    }
}
