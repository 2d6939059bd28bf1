package finmicro.common.lifecycle;

import finmicro.common.config.InvalidConfiguration;
import finmicro.common.config.ServiceConfig;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The life cycle of a service: checks its configuration, runs the preparations in the background (retried through an outage,
 * because nothing starts them again), runs the workers, and drains.
 *
 * <p>With an invalid configuration nothing is started and every request is refused. The application stays deployed to report
 * this in its health checks: the server would restart an application that fails in its startup event again and again, and
 * report it healthy in between.
 *
 * <p>Draining starts in a JVM shutdown hook, because Liberty removes the application shortly after SIGTERM, before work in
 * progress could finish. The hook only sets flags; the application's stop then waits for the workers.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = "java:module/concurrent/workers", virtual = true)
public class Lifecycle {

    /** Less than Liberty's 30 s for a stop, which is less than the 60 s of ECS. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private static final Duration PREPARE_AGAIN = Duration.ofSeconds(1);
    private static final System.Logger LOG = Log.of(Lifecycle.class);

    private final Instance<ServiceConfig> config;
    private final Instance<Preparation> preparations;
    private final Instance<Worker> workers;
    private final Readiness readiness;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Phaser threads = new Phaser(1);
    private final Thread hook = new Thread(this::drain, "drain");
    private List<Worker> running = List.of();

    @Resource(lookup = "java:module/concurrent/workers")
    private ManagedExecutorService executor;

    @Inject
    public Lifecycle(
            Instance<ServiceConfig> config,
            @Any Instance<Preparation> preparations,
            @Any Instance<Worker> workers,
            Readiness readiness) {
        this.config = config;
        this.preparations = preparations;
        this.workers = workers;
        this.readiness = readiness;
    }

    void start(@Observes Startup event) {
        try {
            LOG.log(
                    System.Logger.Level.INFO,
                    "service.start name={0}",
                    config.get().serviceName());
        } catch (InvalidConfiguration e) {
            LOG.log(System.Logger.Level.ERROR, "service.refused reason={0}", e.getMessage());
            readiness.refused(e.getMessage());
            return;
        }
        running = workers.stream().toList();
        preparations.forEach(preparation -> readiness.expect(preparation.name()));
        running.stream().filter(Worker::required).forEach(worker -> readiness.expect(worker.name()));
        readiness.started();
        Runtime.getRuntime().addShutdownHook(hook);
        threads.register();
        executor.execute(() -> {
            try {
                prepare();
            } finally {
                threads.arriveAndDeregister();
            }
        });
    }

    private void prepare() {
        for (Preparation preparation : preparations) {
            boolean done = false;
            while (!done && stop.getCount() > 0) {
                done = prepare(preparation);
            }
        }
        running.forEach(this::startThreads);
    }

    private boolean prepare(Preparation preparation) {
        try {
            preparation.prepare();
            readiness.answered(preparation.name());
            return true;
        } catch (Exception e) {
            readiness.failed(preparation.name(), Outages.reason(e));
            WorkerThreadContext.await(stop, PREPARE_AGAIN);
            return false;
        }
    }

    private void startThreads(Worker worker) {
        for (int i = 1; i <= worker.threads() && stop.getCount() > 0; i++) {
            WorkerContext context = new WorkerThreadContext(readiness, stop, worker.name(), worker.name() + "-" + i);
            threads.register();
            executor.execute(() -> work(worker, context));
        }
    }

    private void work(Worker worker, WorkerContext context) {
        try {
            boolean done = false;
            while (!done && context.running()) {
                done = workOnce(worker, context);
            }
        } finally {
            context.reportIdle();
            threads.arriveAndDeregister();
        }
    }

    private boolean workOnce(Worker worker, WorkerContext context) {
        try {
            worker.run(context);
            return true;
        } catch (Exception | Error e) {
            // An Error too: nothing would restart the thread.
            LOG.log(System.Logger.Level.ERROR, "worker.failed name=" + worker.name(), e);
            context.pause(PREPARE_AGAIN);
            return false;
        }
    }

    /** Signals the workers to stop, and makes the service not ready, so that the load balancer sends no new requests. */
    void drain() {
        if (stop.getCount() > 0) {
            print("service.draining");
            readiness.draining();
            stop.countDown();
        }
    }

    /** Waits until the workers finish. The container closes connections and clients only after this. */
    void stop(@Observes Shutdown event) {
        drain();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the JVM is shutting down: the hook has run or is running");
        }
        running.forEach(Worker::drain);
        try {
            threads.awaitAdvanceInterruptibly(threads.arrive(), DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            print("service.drained");
        } catch (TimeoutException e) {
            print("service.drain left work unfinished after " + DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bypasses the logger: on shutdown a hook of the JVM closes its handlers. */
    private static void print(String line) {
        System.out.println(line);
    }
}
