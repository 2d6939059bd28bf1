package finmicro.system;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The faults of a chaos run, in an order and with pauses that depend on a seed. Each round has every fault once. Rounds repeat
 * until the time is over.
 *
 * <p>Each round kills (SIGKILL) and restarts every service, stops one as a deployment does, cuts off the queue server, and
 * freezes the database, once while a service is killed. A long run also kills the database, the queue server and the counter
 * table, one at a time and in pairs.
 */
final class FaultSchedule {

    private static final Duration START = Duration.ofMinutes(3);
    private static final long MIN_FREEZE = 5_000;
    /** Minimum number of accepted orders between two faults, so that there is something to lose. */
    private static final int ORDERS_BETWEEN = 10;

    private final TradingSystem system;
    private final Customers customers;
    private final Random random;
    private final Effort effort;
    private final List<String> log = new ArrayList<>();
    private final Instant begin = Instant.now();
    private int kills;

    FaultSchedule(TradingSystem system, Customers customers, long seed, Effort effort) {
        this.system = system;
        this.customers = customers;
        this.random = new Random(seed);
        this.effort = effort;
    }

    /**
     * Injects faults for at least {@code duration} and one round. When it returns, all faults have ended and all services run or
     * start.
     */
    public void run(Duration duration) {
        Instant end = Instant.now().plus(duration);
        boolean more = true;
        while (more) {
            round().forEach(Runnable::run);
            more = Instant.now().isBefore(end);
        }
    }

    /** Number of service kills. */
    public int kills() {
        return kills;
    }

    /** Number of faults. Two at once count as two. */
    public int faults() {
        return log.size();
    }

    /** The faults with their times. */
    public List<String> log() {
        return List.copyOf(log);
    }

    private List<Runnable> round() {
        List<Runnable> round = new ArrayList<>();
        Stream.of(Service.values()).forEach(service -> round.add(() -> kill(service)));
        round.add(() -> terminate(any()));
        round.add(() -> outage(this::cutQueues, () -> {}));
        round.add(() -> freezeDatabase(() -> {}));
        round.add(() -> freezeDatabase(() -> killNow(any())));
        if (effort == Effort.LONG) {
            round.add(() -> outage(this::killDatabase, () -> {}));
            round.add(() -> outage(this::killQueues, () -> {}));
            round.add(() -> outage(this::killCounters, () -> {}));
            round.add(() -> outage(this::killDatabase, () -> killNow(any())));
            round.add(() -> outage(this::killQueues, () -> killNow(any())));
            round.add(() -> outage(this::killDatabase, () -> nestedOutage(this::killQueues)));
            round.add(this::killTwo);
        }
        Collections.shuffle(round, random);
        return round;
    }

    private Service any() {
        return Service.values()[random.nextInt(Service.values().length)];
    }

    /** Waits until the others are back, because a start is slow on a small machine. */
    private void kill(Service service) {
        awaitOrders();
        killNow(service);
        pause(500, 3_000);
    }

    private void killTwo() {
        awaitOrders();
        List<Service> services = new ArrayList<>(List.of(Service.values()));
        Collections.shuffle(services, random);
        services.subList(0, 2).forEach(this::killNow);
        pause(500, 3_000);
    }

    private void killNow(Service service) {
        logFault("kill " + service);
        LibertyServer server = system.server(service);
        server.kill();
        kills++;
        server.startAgain(Map.of());
    }

    private void terminate(Service service) {
        awaitOrders();
        logFault("terminate " + service);
        LibertyServer server = system.server(service);
        server.stop();
        server.startAgain(Map.of());
        pause(500, 3_000);
    }

    /** An outage that can be ended. */
    private interface Outage {
        /** Starts the outage and returns an action that ends it. */
        Runnable begin();
    }

    private void outage(Outage outage, Runnable meanwhile) {
        awaitOrders();
        Runnable end = outage.begin();
        try {
            meanwhile.run();
            pause(1_000, 5_000);
        } finally {
            end.run();
        }
    }

    private void nestedOutage(Outage outage) {
        Runnable end = outage.begin();
        pause(1_000, 5_000);
        end.run();
    }

    private Runnable cutQueues() {
        logFault("cut off the queue server");
        system.queueGate().cut();
        return () -> system.queueGate().open();
    }

    private Runnable killQueues() {
        logFault("kill the queue server");
        system.stack().queues().kill();
        system.queueGate().cut();
        return () -> {
            system.stack().queues().restart();
            system.queueGate().open();
        };
    }

    private Runnable killDatabase() {
        logFault("kill the database");
        system.stack().database().kill();
        return () -> system.stack().database().restart();
    }

    private Runnable killCounters() {
        logFault("kill the counter table");
        system.stack().counters().kill();
        return () -> system.stack().counters().restart();
    }

    private void freezeDatabase(Runnable meanwhile) {
        awaitOrders();
        logFault("freeze the database");
        long pid = system.stack().database().pid();
        Freezer.freeze(pid);
        meanwhile.run();
        pause(MIN_FREEZE, effort.freeze().toMillis());
        Freezer.thaw(pid);
    }

    /** Waits until more orders are accepted and at most one service is not ready. */
    void awaitOrders() {
        int before = customers.accepted();
        Awaitility.await()
                .atMost(START)
                .until(() -> customers.accepted() >= before + ORDERS_BETWEEN
                        && Stream.of(Service.values())
                                        .filter(service ->
                                                !system.server(service).isReady())
                                        .count()
                                <= 1);
    }

    private void logFault(String fault) {
        log.add("%.1f s: %s".formatted(Duration.between(begin, Instant.now()).toMillis() / 1000.0, fault));
    }

    private void pause(long least, long most) {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextLong(least, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
