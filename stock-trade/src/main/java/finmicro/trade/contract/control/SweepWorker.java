package finmicro.trade.contract.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.telemetry.Traces;
import java.time.Duration;

/** Runs the sweep each second, page after page. */
public final class SweepWorker implements Worker {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final OutcomeSweep sweep;

    /** @param sweep a bean, each of whose calls is a transaction */
    public SweepWorker(OutcomeSweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public String name() {
        return "outcome-sweep";
    }

    @Override
    public void run(Pulse pulse) {
        long after = 0;
        while (pulse.running()) {
            try {
                long last = after;
                // An idle sweep leaves no trace.
                after = Traces.unrecorded()
                        .wrapSupplier(() -> sweep.sweep(last))
                        .get();
                pulse.answered();
            } catch (RuntimeException e) {
                after = 0;
                pulse.failed(e);
            }
            if (after == 0) {
                pulse.pause(EVERY);
            }
        }
    }
}
