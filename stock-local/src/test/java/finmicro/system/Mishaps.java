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
 * What befalls a system, in an order and with pauses that a seed decides: each service is killed (SIGKILL) and started
 * again, one is told to end as a deployment does, the queue server is cut off, the database is held still, once while a
 * service is killed and started. A round has each of them once; rounds follow one another until the time is over.
 */
final class Mishaps {

    private static final Duration START = Duration.ofMinutes(3);
    private static final long SHORTEST_FREEZE = 5_000;
    /** Orders that are accepted between two mishaps, at least: without them there would be nothing to lose. */
    private static final int BETWEEN = 10;

    private final TradingSystem system;
    private final Customers customers;
    private final Random random;
    private final Duration longestFreeze;
    private final List<String> story = new ArrayList<>();
    private final Instant begin = Instant.now();
    private int kills;

    /** @param longestFreeze of the database, 5 to 20 s */
    Mishaps(TradingSystem system, Customers customers, long seed, Duration longestFreeze) {
        this.system = system;
        this.customers = customers;
        this.random = new Random(seed);
        this.longestFreeze = longestFreeze;
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

    /** What happened when. */
    public List<String> story() {
        return List.copyOf(story);
    }

    private List<Runnable> round() {
        List<Runnable> round = new ArrayList<>();
        Stream.of(Service.values()).forEach(service -> round.add(() -> kill(service)));
        round.add(() -> terminate(any()));
        round.add(this::cutQueues);
        round.add(() -> freezeDatabase(() -> {}));
        round.add(() -> freezeDatabase(() -> killNow(any())));
        Collections.shuffle(round, random);
        return round;
    }

    private Service any() {
        return Service.values()[random.nextInt(Service.values().length)];
    }

    /** The next is not killed before the others are back: a start takes its time on a small machine. */
    private void kill(Service service) {
        awaitAllButOne();
        killNow(service);
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
        awaitAllButOne();
        tell("terminate " + service);
        LibertyServer server = system.server(service);
        server.stop();
        server.startAgain(Map.of());
        pass(500, 3_000);
    }

    private void cutQueues() {
        awaitAllButOne();
        tell("cut off the queue server");
        system.queueGate().cut();
        pass(1_000, 5_000);
        system.queueGate().open();
    }

    private void freezeDatabase(Runnable meanwhile) {
        awaitAllButOne();
        tell("freeze the database");
        long pid = system.stack().database().pid();
        Freezer.freeze(pid);
        meanwhile.run();
        pass(SHORTEST_FREEZE, longestFreeze.toMillis());
        Freezer.thaw(pid);
    }

    private void awaitAllButOne() {
        int before = customers.accepted().size();
        Awaitility.await()
                .atMost(START)
                .until(() -> customers.accepted().size() >= before + BETWEEN
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
