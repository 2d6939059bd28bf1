package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.time.Ticker;
import java.time.Duration;

/**
 * The time when the claim of a round's messages expires. Another relay may send them after that, so a sender starts no call that
 * could end later.
 */
public final class ClaimDeadline {

    private final WorkerContext context;
    private final Ticker ticker;
    private final long expiresAt;

    /**
     * @param context of the relay's thread: each check is a heartbeat, so a slow destination never makes the relay look stuck
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
     * @param longestCall the maximum duration of the call
     * @return false if the claim might expire before the call ends, or if the service drains
     */
    public boolean allows(Duration longestCall) {
        return context.running() && expiresAt - ticker.nanos() >= longestCall.toNanos();
    }
}
