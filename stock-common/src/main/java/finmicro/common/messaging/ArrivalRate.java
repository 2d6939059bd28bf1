package finmicro.common.messaging;

import java.time.Duration;

/** How densely messages come: in a stream, or one now and then. For one thread at a time. */
final class ArrivalRate {

    private static final long WINDOW = Duration.ofMillis(100).toNanos();
    /** In this window and the one before: about 40 messages a second. */
    private static final int STREAM = 8;

    private long since = System.nanoTime();
    private int earlier;
    private int recent;
    private int last;

    /** So many have come now. */
    void add(int messages) {
        long now = System.nanoTime();
        long age = now - since;
        if (age >= WINDOW) {
            earlier = age < 2 * WINDOW ? recent : 0;
            recent = 0;
            since = now;
        }
        recent += messages;
        last = messages;
    }

    /** How many came last. */
    int last() {
        return last;
    }

    /** Whether more are to be expected at once. */
    boolean isStream() {
        return earlier + recent >= STREAM;
    }
}
