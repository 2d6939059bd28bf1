package finmicro.trade.order.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
import finmicro.common.problem.ProblemException;
import finmicro.common.telemetry.Traces;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.account.control.SkippedEffects;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the sweep once a second, page by page. It then waits for each account that was locked: an account with many orders is locked
 * most of the time, so it would rarely be free.
 */
public final class SweepWorker implements Worker {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final OutcomeSweep sweep;
    private final LockWaits waits;
    private final SkippedEffects skipped;

    /** @param sweep a bean, each of whose calls is a transaction */
    public SweepWorker(OutcomeSweep sweep, LockWaits waits, SkippedEffects skipped) {
        this.sweep = sweep;
        this.waits = waits;
        this.skipped = skipped;
    }

    @Override
    public String name() {
        return "outcome-sweep";
    }

    @Override
    public void run(WorkerContext context) {
        context.repeat(INTERVAL, () -> {
            Set<String> busy = sweepUnlocked(context);
            busy.forEach(account -> sweepWaiting(context, account));
        });
    }

    /** Sweeps all pages. Returns the accounts that were locked. */
    private Set<String> sweepUnlocked(WorkerContext context) {
        Set<String> busy = new TreeSet<>();
        pages(context, "", page -> busy.addAll(sweep.apply(page)));
        return busy;
    }

    private void sweepWaiting(WorkerContext context, String account) {
        try {
            pages(
                    context,
                    account,
                    page -> waits.run(account, () -> {
                        sweep.applyWaiting(account, page);
                        return null;
                    }));
        } catch (ProblemException e) {
            // Still locked: the next sweep retries it.
        }
    }

    private void pages(WorkerContext context, String account, Consumer<List<Long>> work) {
        long after = 0;
        List<Long> page;
        do {
            long last = after;
            page = unrecorded(() -> sweep.next(last, account));
            if (!page.isEmpty()) {
                apply(page, work);
                after = page.get(page.size() - 1);
            }
        } while (page.size() == OutcomeSweep.PAGE_SIZE && context.running());
    }

    /** Skips a trade whose effect cannot be applied. If a page fails, each half of it is tried to find that trade. */
    private void apply(List<Long> page, Consumer<List<Long>> work) {
        try {
            unrecorded(() -> {
                work.accept(page);
                return null;
            });
        } catch (RuntimeException e) {
            if (Outages.isOutage(e) || e instanceof ProblemException) {
                throw e;
            }
            if (page.size() == 1) {
                skipped.trade(page.get(0), e);
            } else {
                apply(page.subList(0, page.size() / 2), work);
                apply(page.subList(page.size() / 2, page.size()), work);
            }
        }
    }

    /** Does not trace the sweep, because it is mostly idle. */
    private static <T> T unrecorded(Supplier<T> work) {
        return Traces.unrecorded().wrapSupplier(work).get();
    }
}
