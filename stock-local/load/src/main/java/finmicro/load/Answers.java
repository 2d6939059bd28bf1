package finmicro.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How the orders were answered, and how long that took.
 *
 * <p>It is counted here and not by Gatling, whose writers cost more a request, and round to milliseconds. One thread adds
 * all answers.
 */
final class Answers {

    private static final double MICROS_PER_MILLI = TimeUnit.MILLISECONDS.toMicros(1);
    private static final double MICROS_PER_SECOND = TimeUnit.SECONDS.toMicros(1);

    private final long origin = System.nanoTime();
    private final Histogram micros = new Histogram(3);
    private long errors;
    private long first = Long.MAX_VALUE;
    private long last;

    /** Microseconds since this was made. */
    long now() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - origin);
    }

    /** @param start what {@link #now} was when the order was started */
    void add(long start, boolean created) {
        first = Math.min(first, start);
        last = now();
        micros.recordValue(last - start);
        if (!created) {
            errors++;
        }
    }

    String json() {
        var orders = micros.getTotalCount() - errors;
        var seconds = (last - first) / MICROS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                """
                {"orders":%d,"errors":%d,"seconds":%.3f,"perSecond":%.1f,"p50Millis":%.3f,"p99Millis":%.3f,"maxMillis":%.3f}
                """,
                orders,
                errors,
                seconds,
                orders / seconds,
                micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros.getMaxValue() / MICROS_PER_MILLI);
    }
}
