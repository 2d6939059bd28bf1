package finmicro.trade.ledger.control;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The context of one worker's thread, which stops the worker when the test's condition is met. Pauses take no time. */
public final class RoundWorkerContext implements WorkerContext {

    /** Makes a test fail instead of hang if its condition is never met. */
    private static final int MAX_ROUNDS = 500;

    private final BooleanSupplier done;
    private final List<String> failures = new ArrayList<>();
    private int answers;

    /** @param done whether to stop the worker, checked before each round */
    RoundWorkerContext(BooleanSupplier done) {
        this.done = done;
    }

    /** Stops the worker after this number of successful rounds. */
    public static RoundWorkerContext rounds(int rounds) {
        return rounds(rounds, () -> false);
    }

    /** Stops the worker after this number of successful rounds, or earlier. */
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
        if (answers + failures.size() >= MAX_ROUNDS) {
            throw new IllegalStateException("not done after " + answers + " rounds and the failures " + failures);
        }
        return !done.getAsBoolean();
    }

    @Override
    public boolean pause(Duration duration) {
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
