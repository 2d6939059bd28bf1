package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.time.Ticker;
import java.time.Duration;

/**
 * The time that a round of a relay has left before the claim of its messages expires. Another relay may deliver them from
 * then on, so a sender starts no call that could end later.
 */
public final class ClaimDeadline {

    private final WorkerContext context;
    private final Ticker ticker;
    private final long expiresAt;

    /**
     * @param context of the relay's thread: each check is a sign of life, so a slow destination never makes the relay look stuck
     * @param expiresAt when the first claim of the round expires, by the ticker
     */
    ClaimDeadline(WorkerContext context, Ticker ticker, long expiresAt) {
        this.context = context;
        this.ticker = ticker;
        this.expiresAt = expiresAt;
    }

    /**
     * Whether a call may start.
     *
     * @param longest the time after which the call ends at the latest
     * @return false if the claim might expire before the call ends, or if the service drains
     */
    public boolean allows(Duration longest) {
        return context.running() && expiresAt - ticker.nanos() >= longest.toNanos();
    }
}
