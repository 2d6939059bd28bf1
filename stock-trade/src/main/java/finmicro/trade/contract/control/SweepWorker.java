package finmicro.trade.contract.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.problem.ProblemException;
import finmicro.common.telemetry.Traces;
import finmicro.trade.account.control.LockWaits;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Runs the sweep each second, page after page. Accounts that were locked then get a page each for which it waits: an account with
 * many orders is locked most of the time, and would hardly ever be found free.
 */
public final class SweepWorker implements Worker {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final OutcomeSweep sweep;
    private final LockWaits waits;

    /** @param sweep a bean, each of whose calls is a transaction */
    public SweepWorker(OutcomeSweep sweep, LockWaits waits) {
        this.sweep = sweep;
        this.waits = waits;
    }

    @Override
    public String name() {
        return "outcome-sweep";
    }

    @Override
    public void run(Pulse pulse) {
        while (pulse.running()) {
            try {
                Set<String> busy = sweepFree(pulse);
                busy.forEach(account -> sweepWaiting(pulse, account));
                pulse.answered();
            } catch (RuntimeException e) {
                pulse.failed(e);
            }
            pulse.pause(EVERY);
        }
    }

    /** Sweeps all pages. Returns the accounts that were locked. */
    private Set<String> sweepFree(Pulse pulse) {
        Set<String> busy = new TreeSet<>();
        long after = 0;
        do {
            long last = after;
            OutcomeSweep.Page page = unrecorded(() -> sweep.sweep(last));
            busy.addAll(page.busy());
            after = page.last();
        } while (after != 0 && pulse.running());
        return busy;
    }

    private void sweepWaiting(Pulse pulse, String account) {
        try {
            long after = 0;
            do {
                long last = after;
                after = unrecorded(() -> waits.run(account, () -> sweep.sweepWaiting(account, last)));
            } while (after != 0 && pulse.running());
        } catch (ProblemException e) {
            // It stays locked: the next sweep tries it again, after the other accounts.
        }
    }

    /** An idle sweep leaves no trace. */
    private static <T> T unrecorded(Supplier<T> work) {
        return Traces.unrecorded().wrapSupplier(work).get();
    }
}
