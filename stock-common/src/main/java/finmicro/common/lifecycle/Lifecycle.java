package finmicro.common.lifecycle;

import finmicro.common.config.InvalidConfiguration;
import finmicro.common.config.ServiceConfig;
import finmicro.common.problem.Outages;
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
 * The life of a service: checks its configuration, prepares in the background (an outage at start is waited out, since
 * an application that gave up would never come back), runs the workers, and drains.
 *
 * <p>With a wrong configuration nothing is started and every request is refused, while the application itself stays
 * deployed to say so in its health: one that fails in its start-up event is started by the server over and over, and
 * reported healthy in between.
 *
 * <p>Draining starts in a JVM shutdown hook, because Liberty removes the application, and with it the chance to finish
 * what is in hand, a moment after SIGTERM. The hook only sets flags; the application's stop then waits for the workers.
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
            config.get()
                    .trusted()
                    .ifPresentOrElse(
                            issuer -> LOG.log(System.Logger.Level.INFO, "access.jwt issuer={0}", issuer.issuer()),
                            () -> LOG.log(System.Logger.Level.INFO, "access.off everybody may call: AUTH=off"));
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
            context.resting();
            threads.arriveAndDeregister();
        }
    }

    private boolean workOnce(Worker worker, WorkerContext context) {
        try {
            worker.run(context);
            return true;
        } catch (Exception | Error e) {
            // An Error too: a thread that ended would be missed by nobody.
            LOG.log(System.Logger.Level.ERROR, "worker.failed name=" + worker.name(), e);
            context.pause(PREPARE_AGAIN);
            return false;
        }
    }

    /** Has the workers end, and the load balancer send nothing more. */
    void drain() {
        if (stop.getCount() > 0) {
            say("service.draining");
            readiness.draining();
            stop.countDown();
        }
    }

    /** Waits until the work in hand is finished; the container closes what it works with only after this. */
    void stop(@Observes Shutdown event) {
        drain();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the JVM is going down: the hook has run or is running");
        }
        running.forEach(Worker::drain);
        try {
            threads.awaitAdvanceInterruptibly(threads.arrive(), DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            say("service.drained");
        } catch (TimeoutException e) {
            say("service.drain left work unfinished after " + DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not by a logger: when the JVM goes down, a hook of its own closes the loggers' handlers. */
    private static void say(String line) {
        System.out.println(line);
    }
}
