package finmicro.trade.ledger.control;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.Outages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The context of one worker's thread, which stops it when a test has seen enough. Pauses take no time. */
public final class RoundWorkerContext implements WorkerContext {

    /** A test whose condition never comes fails, and does not hang. */
    private static final int MOST_ROUNDS = 500;

    private final BooleanSupplier enough;
    private final List<String> failures = new ArrayList<>();
    private int answers;

    /** @param enough whether the worker is to stop, checked before each round */
    RoundWorkerContext(BooleanSupplier enough) {
        this.enough = enough;
    }

    /** Stops the worker after that many rounds that succeeded. */
    public static RoundWorkerContext rounds(int rounds) {
        return rounds(rounds, () -> false);
    }

    /** Stops the worker after that many rounds that succeeded, or earlier. */
    static RoundWorkerContext rounds(int rounds, BooleanSupplier earlier) {
        RoundWorkerContext[] context = new RoundWorkerContext[1];
        context[0] = new RoundWorkerContext(() -> context[0].answers >= rounds || earlier.getAsBoolean());
        return context[0];
    }

    public List<String> failures() {
        return failures;
    }

    @Override
    public boolean running() {
        if (answers + failures.size() >= MOST_ROUNDS) {
            throw new IllegalStateException("not done after " + answers + " rounds and the failures " + failures);
        }
        return !enough.getAsBoolean();
    }

    @Override
    public boolean pause(Duration duration) {
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
