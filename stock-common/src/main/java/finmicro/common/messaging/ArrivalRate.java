package finmicro.common.messaging;

import java.time.Duration;

/** Measures the arrival rate of messages, to distinguish a steady stream from single messages. Not thread-safe. */
final class ArrivalRate {

    private static final long WINDOW = Duration.ofMillis(100).toNanos();
    /** Messages in the current and the previous window: about 40 per second. */
    private static final int STREAM = 8;

    private long windowStart = System.nanoTime();
    private int previous;
    private int current;
    private int last;

    /** Records the size of a receive. */
    void add(int messages) {
        long now = System.nanoTime();
        long age = now - windowStart;
        if (age >= WINDOW) {
            previous = age < 2 * WINDOW ? current : 0;
            current = 0;
            windowStart = now;
        }
        current += messages;
        last = messages;
    }

    /** Size of the last receive. */
    int last() {
        return last;
    }

    /** Whether more messages are expected within milliseconds. */
    boolean isStream() {
        return previous + current >= STREAM;
    }
}
