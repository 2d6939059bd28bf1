package finmicro.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Counts the responses to orders and records their latency.
 *
 * <p>Gatling's own data writers cost more per request, and round to milliseconds. Not thread-safe: one thread adds all
 * responses.
 */
final class Responses {

    private static final double MICROS_PER_MILLI = TimeUnit.MILLISECONDS.toMicros(1);
    private static final double MICROS_PER_SECOND = TimeUnit.SECONDS.toMicros(1);

    private final long origin = System.nanoTime();
    private final Histogram micros = new Histogram(3);
    private long errors;
    private long first = Long.MAX_VALUE;
    private long last;

    /** Microseconds since this object was created. */
    long now() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - origin);
    }

    /** @param start the value of {@link #now} when the order was sent */
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
