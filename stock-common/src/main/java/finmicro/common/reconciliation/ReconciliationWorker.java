package finmicro.common.reconciliation;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.telemetry.Traces;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Reconciles all accounts again and again: a slice a second, and a minute between two rounds. */
public final class ReconciliationWorker implements Worker {

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final UnaryOperator<String> slice;

    /** @param slice checks what comes after an account; returns the last account that it checked, empty after the last of all */
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
            // However long it takes, the service is as ready as without it.
            context.resting();
            String last = after;
            try {
                after = Traces.unrecorded()
                        .wrapSupplier(() -> slice.apply(last))
                        .get();
                context.answered();
            } catch (RuntimeException e) {
                context.failed(e);
                // Not the same slice again each second.
                after = "";
            }
            context.resting();
            context.pause(after.isEmpty() ? ROUND : SLICE);
        }
    }
}
