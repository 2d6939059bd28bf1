package finmicro.trade.order.control;

import java.time.Duration;

/**
 * How many numbers to take at once: as many as a second needs. All orders wait for a new block, so few are to be taken; and
 * what is left of one when the task ends is a gap, so no more than that.
 */
final class BlockSize {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 1_000;

    private final int least;
    private int last;
    private long takenAt;

    /** @param least so many at least, be it more than are taken otherwise */
    BlockSize(int least) {
        this.least = least;
    }

    /** The next block's size: twice the last one's, where that lasted for less than a second, otherwise half of it. */
    int next(long nanos) {
        boolean brief = last > 0 && nanos - takenAt < SECOND;
        return Math.max(least, brief ? Math.min(2 * last, MOST) : last / 2);
    }

    /** A block of so many was taken. */
    void taken(int numbers, long nanos) {
        last = numbers;
        takenAt = nanos;
    }
}
