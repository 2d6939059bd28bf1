package finmicro.common.lifecycle;

import finmicro.common.telemetry.Log;
import finmicro.common.time.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the service knows of itself, from memory. Not ready until each dependency answered once, while draining, and
 * when a worker's thread has been silent for too long. An outage after the first answer shows in the data only: on ECS
 * a task that is not ready is killed, and killing every task does not bring a database back.
 */
@ApplicationScoped
public class Readiness {

    /** Longer than any receive, transaction or back-off takes. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(120);

    private static final System.Logger LOG = Log.of(Readiness.class);
    private static final String WAITING = "waiting for the first answer";
    private static final String UP = "up";

    private final Ticker ticker;
    private final Map<String, Boolean> answered = new ConcurrentHashMap<>();
    private final Map<String, String> state = new ConcurrentHashMap<>();
    private final Map<String, Long> signs = new ConcurrentHashMap<>();
    private volatile boolean started;
    private volatile boolean draining;

    @Inject
    public Readiness(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The service is not ready before this dependency answered. */
    void expect(String dependency) {
        answered.putIfAbsent(dependency, false);
        state.putIfAbsent(dependency, WAITING);
    }

    /** The service does not start, for this reason. */
    void refused(String reason) {
        state.put("configuration", reason);
    }

    /** All dependencies are named. */
    void started() {
        started = true;
    }

    /** The service is about to stop. */
    void draining() {
        draining = true;
    }

    /** The dependency works. */
    void answered(String dependency) {
        answered.replace(dependency, true);
        String before = state.put(dependency, UP);
        if (before != null && !UP.equals(before)) {
            LOG.log(System.Logger.Level.INFO, "dependency.up name={0}", dependency);
        }
    }

    /** The dependency does not work; one log line an outage. */
    void failed(String dependency, String reason) {
        String before = state.put(dependency, reason);
        if (before == null || UP.equals(before) || WAITING.equals(before)) {
            LOG.log(System.Logger.Level.WARNING, "dependency.down name={0} reason={1}", dependency, reason);
        }
    }

    /** A sign of life of a worker's thread. */
    void alive(String thread) {
        signs.put(thread, ticker.nanos());
    }

    /** The thread owes no sign of life. */
    void quiet(String thread) {
        signs.remove(thread);
    }

    /**
     * An activity outside the workers' threads begins, such as a transaction for several requests: the service is not ready
     * if it takes too long.
     *
     * @param activity its name, unique among those at work
     */
    public void busy(String activity) {
        alive(activity);
    }

    /** The activity has ended. */
    public void idle(String activity) {
        quiet(activity);
    }

    /** Whether the application started with a valid configuration. */
    public boolean isStarted() {
        return started;
    }

    /**
     * Whether the load balancer may send requests. Draining is read last: a service that drains while this is evaluated, and
     * whose last dependency answers after that, was ready at no moment.
     */
    public boolean isReady() {
        return started && !answered.containsValue(false) && stuck().isEmpty() && !draining;
    }

    /** Whether each dependency, and each worker that told of itself, is well. */
    Map<String, Boolean> dependencies() {
        Map<String, Boolean> up = new TreeMap<>();
        state.forEach((name, text) -> up.put(name, UP.equals(text)));
        return up;
    }

    /** Each dependency's state, and what else keeps the service from being ready. */
    public Map<String, String> data() {
        Map<String, String> data = new TreeMap<>(state);
        stuck().forEach((thread, silence) -> data.put(thread, "stuck for " + silence.toSeconds() + " s"));
        if (draining) {
            data.put("service", "draining");
        }
        return data;
    }

    /** The threads that have given no sign of life for too long, and for how long. */
    private Map<String, Duration> stuck() {
        Map<String, Duration> silences = new TreeMap<>();
        signs.forEach((thread, sign) -> silences.put(thread, ticker.since(sign)));
        silences.values().removeIf(silence -> silence.compareTo(SILENCE_LIMIT) < 0);
        return silences;
    }
}
