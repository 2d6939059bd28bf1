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
 * The faults of a chaos run, in an order and with pauses that a seed decides. A round has each of them once; rounds follow one
 * another until the time is over.
 *
 * <p>Each round: every service is killed (SIGKILL) and started again, one is stopped as a deployment does, the queue server is cut
 * off, the database is frozen, once while a service is killed and started. A long run also kills the database, the queue server
 * and the counter table, each alone, and two things at once.
 */
final class Mishaps {

    private static final Duration START = Duration.ofMinutes(3);
    private static final long SHORTEST_FREEZE = 5_000;
    /** Orders that are accepted between two faults, at least: without them there would be nothing to lose. */
    private static final int BETWEEN = 10;

    private final TradingSystem system;
    private final Customers customers;
    private final Random random;
    private final Effort effort;
    private final List<String> story = new ArrayList<>();
    private final Instant begin = Instant.now();
    private int kills;

    Mishaps(TradingSystem system, Customers customers, long seed, Effort effort) {
        this.system = system;
        this.customers = customers;
        this.random = new Random(seed);
        this.effort = effort;
    }

    /** Lets them happen for so long, at least one round of them. Everything runs again, or starts, when it returns. */
    public void happen(Duration duration) {
        Instant end = Instant.now().plus(duration);
        boolean more = true;
        while (more) {
            round().forEach(Runnable::run);
            more = Instant.now().isBefore(end);
        }
    }

    /** How often a service was killed. */
    public int kills() {
        return kills;
    }

    /** How many faults there were; two at once are two. */
    public int faults() {
        return story.size();
    }

    /** What happened when. */
    public List<String> story() {
        return List.copyOf(story);
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
            round.add(() -> outage(this::killDatabase, () -> outageWithin(this::killQueues)));
            round.add(this::killTwo);
        }
        Collections.shuffle(round, random);
        return round;
    }

    private Service any() {
        return Service.values()[random.nextInt(Service.values().length)];
    }

    /** The next is not killed before the others are back: a start takes its time on a small machine. */
    private void kill(Service service) {
        awaitOrders();
        killNow(service);
        pass(500, 3_000);
    }

    private void killTwo() {
        awaitOrders();
        List<Service> services = new ArrayList<>(List.of(Service.values()));
        Collections.shuffle(services, random);
        services.subList(0, 2).forEach(this::killNow);
        pass(500, 3_000);
    }

    private void killNow(Service service) {
        tell("kill " + service);
        LibertyServer server = system.server(service);
        server.kill();
        kills++;
        server.startAgain(Map.of());
    }

    private void terminate(Service service) {
        awaitOrders();
        tell("terminate " + service);
        LibertyServer server = system.server(service);
        server.stop();
        server.startAgain(Map.of());
        pass(500, 3_000);
    }

    /** Begins an outage, does something in it, and ends it after a while. */
    private interface Outage {
        /** Begins it, and returns what ends it. */
        Runnable begin();
    }

    private void outage(Outage outage, Runnable meanwhile) {
        awaitOrders();
        Runnable end = outage.begin();
        try {
            meanwhile.run();
            pass(1_000, 5_000);
        } finally {
            end.run();
        }
    }

    private void outageWithin(Outage outage) {
        Runnable end = outage.begin();
        pass(1_000, 5_000);
        end.run();
    }

    private Runnable cutQueues() {
        tell("cut off the queue server");
        system.queueGate().cut();
        return () -> system.queueGate().open();
    }

    private Runnable killQueues() {
        tell("kill the queue server");
        system.stack().queues().kill();
        system.queueGate().cut();
        return () -> {
            system.stack().queues().restart();
            system.queueGate().open();
        };
    }

    private Runnable killDatabase() {
        tell("kill the database");
        system.stack().database().kill();
        return () -> system.stack().database().restart();
    }

    private Runnable killCounters() {
        tell("kill the counter table");
        system.stack().counters().kill();
        return () -> system.stack().counters().restart();
    }

    private void freezeDatabase(Runnable meanwhile) {
        awaitOrders();
        tell("freeze the database");
        long pid = system.stack().database().pid();
        Freezer.freeze(pid);
        meanwhile.run();
        pass(SHORTEST_FREEZE, effort.freeze().toMillis());
        Freezer.thaw(pid);
    }

    /** Returns when some more orders are accepted and all services but one are ready. */
    void awaitOrders() {
        int before = customers.accepted();
        Awaitility.await()
                .atMost(START)
                .until(() -> customers.accepted() >= before + BETWEEN
                        && Stream.of(Service.values())
                                        .filter(service ->
                                                !system.server(service).isReady())
                                        .count()
                                <= 1);
    }

    private void tell(String mishap) {
        story.add("%.1f s: %s".formatted(Duration.between(begin, Instant.now()).toMillis() / 1000.0, mishap));
    }

    private void pass(long least, long most) {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextLong(least, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
