package finmicro.common.lifecycle;

import finmicro.common.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Wall clock and ticker that a test advances manually. The wall clock can also be set independently. */
public final class ManualClock extends Clock implements Ticker {

    private volatile Instant now = Instant.parse("2020-06-07T02:25:00Z");
    private volatile long nanos = Long.MAX_VALUE - Duration.ofSeconds(60).toNanos();

    /** Advances wall clock and ticker. */
    public void advance(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Sets the wall clock forwards or backwards, without advancing the ticker. */
    public void jump(Duration jump) {
        now = now.plus(jump);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Overflows a minute after the start, because {@link System#nanoTime} may overflow at any time. */
    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
