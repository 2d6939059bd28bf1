package finmicro.common.reconciliation;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.telemetry.Traces;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Reconciles all accounts continuously: one slice per second, with a minute between two rounds. */
public final class ReconciliationWorker implements Worker {

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final UnaryOperator<String> slice;

    /** @param slice checks the accounts after the given one; returns the last one that it checked, or empty if that was the last */
    public ReconciliationWorker(UnaryOperator<String> slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "reconciliation";
    }

    @Override
    public void run(WorkerContext context) {
        String after = "";
        while (context.running()) {
            // A slow reconciliation must not make the service not ready.
            context.reportIdle();
            String last = after;
            try {
                after = Traces.unrecorded()
                        .wrapSupplier(() -> slice.apply(last))
                        .get();
                context.reportSuccess();
            } catch (RuntimeException e) {
                context.reportFailure(e);
                // Do not retry the same slice every second.
                after = "";
            }
            context.reportIdle();
            context.pause(after.isEmpty() ? ROUND : SLICE);
        }
    }
}
