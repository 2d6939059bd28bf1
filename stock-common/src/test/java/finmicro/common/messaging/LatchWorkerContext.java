package finmicro.common.messaging;

import finmicro.common.lifecycle.WorkerContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A worker context that runs until the test counts down a latch. */
class LatchWorkerContext implements WorkerContext {

    private final CountDownLatch stop;
    private final Consumer<Throwable> failures;

    /** @param failures receives the reported failures */
    LatchWorkerContext(CountDownLatch stop, Consumer<Throwable> failures) {
        this.stop = stop;
        this.failures = failures;
    }

    @Override
    public boolean running() {
        return stop.getCount() > 0;
    }

    @Override
    public boolean pause(Duration duration) {
        try {
            stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return running();
    }

    @Override
    public void reportIdle() {}

    @Override
    public void reportSuccess() {}

    @Override
    public void reportFailure(Throwable failure) {
        failures.accept(failure);
    }
}
