package finmicro.common.lifecycle;

import finmicro.common.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The wall clock and the ticker of a test, which advances both and can set the wall clock alone. */
public final class ManualClock extends Clock implements Ticker {

    private volatile Instant now = Instant.parse("2020-06-07T02:25:00Z");
    private volatile long nanos = Long.MAX_VALUE - Duration.ofSeconds(60).toNanos();

    /** Lets time pass. */
    public void advance(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Sets the wall clock, forwards or backwards, while no time passes. */
    public void jump(Duration jump) {
        now = now.plus(jump);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Overflows a minute after the start, as {@link System#nanoTime} may at any time. */
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
