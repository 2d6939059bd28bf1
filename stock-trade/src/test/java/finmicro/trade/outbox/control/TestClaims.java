package finmicro.trade.outbox.control;

import finmicro.common.time.Ticker;

/** Claims for tests of senders without a relay. */
public final class TestClaims {

    private TestClaims() {}

    /** A claim that leaves time for every call. */
    public static ClaimDeadline unlimited() {
        Ticker stopped = () -> 0;
        return new ClaimDeadline(new TestWorkerContext(stopped, context -> false), stopped, Outbox.CLAIM.toNanos());
    }
}
