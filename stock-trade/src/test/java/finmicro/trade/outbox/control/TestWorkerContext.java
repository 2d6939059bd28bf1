package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.Outages;
import finmicro.common.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The context of one relay's thread, which stops the relay when a test has seen enough. Pauses take no time; each sign of life,
 * pause and failure is recorded.
 */
final class TestWorkerContext implements WorkerContext {

    /** A test whose condition never comes fails, and does not hang. */
    private static final int MOST_ROUNDS = 60;

    /** Of a relay that tells neither of an answer nor of a failure. */
    private static final int MOST_SIGNS = 1_000;

    private final Ticker ticker;
    private final Predicate<TestWorkerContext> enough;
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int signs;
    private long lastSign;
    private Duration longestSilence = Duration.ZERO;

    /** @param enough whether the relay is to stop, checked after each round */
    TestWorkerContext(Ticker ticker, Predicate<TestWorkerContext> enough) {
        this.ticker = ticker;
        this.enough = enough;
        this.lastSign = ticker.nanos();
    }

    /** Stops the relay after that many rounds that found their destination up. */
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

    /** The longest time between two signs of life, by the ticker. */
    Duration longestSilence() {
        return longestSilence;
    }

    @Override
    public boolean running() {
        Duration silence = ticker.since(lastSign);
        longestSilence = silence.compareTo(longestSilence) > 0 ? silence : longestSilence;
        lastSign = ticker.nanos();
        signs++;
        return !enough.test(this) && answers + failures.size() < MOST_ROUNDS && signs < MOST_SIGNS;
    }

    @Override
    public boolean pause(Duration duration) {
        pauses.add(duration);
        return running();
    }

    @Override
    public void resting() {}

    @Override
    public void answered() {
        answers++;
    }

    @Override
    public void failed(Throwable failure) {
        failures.add(Outages.reason(failure));
    }
}
