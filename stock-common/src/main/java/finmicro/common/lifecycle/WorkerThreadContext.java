package finmicro.common.lifecycle;

import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The context of one worker thread: passes on the stop signal, and reports progress to {@link Readiness}. */
final class WorkerThreadContext implements WorkerContext {

    private static final System.Logger LOG = Log.of(WorkerThreadContext.class);

    private final Readiness readiness;
    private final CountDownLatch stop;
    private final String worker;
    private final String thread;

    /** @param stop counted down when the service drains */
    WorkerThreadContext(Readiness readiness, CountDownLatch stop, String worker, String thread) {
        this.readiness = readiness;
        this.stop = stop;
        this.worker = worker;
        this.thread = thread;
    }

    /**
     * Waits for {@code duration}, or until the service drains. An interrupt ends the wait and its flag is not restored: the
     * server may interrupt threads to stop its executors, and the flag would abort the calls that finish the current work.
     */
    static void await(CountDownLatch stop, Duration duration) {
        try {
            stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "interrupted while waiting");
        }
    }

    @Override
    public boolean running() {
        readiness.alive(thread);
        return stop.getCount() > 0;
    }

    @Override
    public boolean pause(Duration duration) {
        await(stop, duration);
        return running();
    }

    @Override
    public void reportIdle() {
        readiness.quiet(thread);
    }

    @Override
    public void reportSuccess() {
        readiness.answered(worker);
    }

    @Override
    public void reportFailure(Throwable failure) {
        readiness.failed(worker, Outages.reason(failure));
    }
}
