package finmicro.trade.order.control;

import java.time.Duration;

/**
 * Computes the size of the next block of numbers, so that it lasts about a second. A smaller block makes orders wait more often; a
 * larger one leaves a larger gap when the task stops.
 */
final class BlockSize {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MAX = 1_000;

    private final int min;
    private int last;
    private long takenAt;

    /** @param min the minimum size; if it is greater than the maximum, it takes precedence */
    BlockSize(int min) {
        this.min = min;
    }

    /** Twice the last size if that block lasted less than a second, otherwise half of it. */
    int next(long nanos) {
        boolean brief = last > 0 && nanos - takenAt < SECOND;
        return Math.max(min, brief ? Math.min(2 * last, MAX) : last / 2);
    }

    /** Records that a block of this size was taken. */
    void taken(int size, long nanos) {
        last = size;
        takenAt = nanos;
    }
}
