package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
import finmicro.common.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The context of one relay's thread, which stops the relay when the test's condition is met. Pauses take no time. Records each
 * heartbeat, pause and failure.
 */
final class TestWorkerContext implements WorkerContext {

    /** Makes a test fail instead of hang if its condition is never met. */
    private static final int MAX_ROUNDS = 60;

    /** The same for a relay that reports neither success nor failure. */
    private static final int MAX_HEARTBEATS = 1_000;

    private final Ticker ticker;
    private final Predicate<TestWorkerContext> done;
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int heartbeats;
    private long lastHeartbeat;
    private Duration maxHeartbeatGap = Duration.ZERO;

    /** @param done whether to stop the relay, checked after each round */
    TestWorkerContext(Ticker ticker, Predicate<TestWorkerContext> done) {
        this.ticker = ticker;
        this.done = done;
        this.lastHeartbeat = ticker.nanos();
    }

    /** Stops the relay after this number of rounds with an available destination. */
    static TestWorkerContext rounds(Ticker ticker, int rounds) {
        return new TestWorkerContext(ticker, context -> context.answers >= rounds);
    }

    List<Duration> pauses() {
        return pauses;
    }

    List<String> failures() {
        return failures;
    }

    int answers() {
        return answers;
    }

    /** The longest time between two heartbeats, by the ticker. */
    Duration maxHeartbeatGap() {
        return maxHeartbeatGap;
    }

    @Override
    public boolean running() {
        Duration gap = ticker.since(lastHeartbeat);
        maxHeartbeatGap = gap.compareTo(maxHeartbeatGap) > 0 ? gap : maxHeartbeatGap;
        lastHeartbeat = ticker.nanos();
        heartbeats++;
        return !done.test(this) && answers + failures.size() < MAX_ROUNDS && heartbeats < MAX_HEARTBEATS;
    }

    @Override
    public boolean pause(Duration duration) {
        pauses.add(duration);
        return running();
    }

    @Override
    public void reportIdle() {}

    @Override
    public void reportSuccess() {
        answers++;
    }

    @Override
    public void reportFailure(Throwable failure) {
        failures.add(Outages.reason(failure));
    }
}
