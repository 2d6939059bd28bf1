package finmicro.common.time;

import java.time.Duration;

/**
 * A monotonic time source. Every interval is measured with it: a timeout, an age, a backoff. The wall
 * clock ({@link java.time.Clock}) is for dates and timestamps only, because it can be set forwards and backwards while the
 * service runs. Thread-safe.
 */
@FunctionalInterface
public interface Ticker {

    /** The ticker of the JVM. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary origin. Only the difference between two readings has a meaning. */
    long nanos();

    /**
     * The time that has passed since an earlier reading.
     *
     * @param earlier a reading of {@link #nanos()}
     */
    default Duration since(long earlier) {
        return Duration.ofNanos(nanos() - earlier);
    }
}
