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
 * The readiness of the service, kept in memory. The service is not ready until each dependency was available once, while it
 * drains, and while a worker thread is stuck. A later outage only shows in {@link #data()}: ECS kills a task that is not ready,
 * and killing every task does not restore a database.
 */
@ApplicationScoped
public class Readiness {

    /** Maximum time between two heartbeats of a thread: longer than any receive, transaction or backoff. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(120);

    private static final System.Logger LOG = Log.of(Readiness.class);
    private static final String WAITING = "waiting for the first response";
    private static final String UP = "up";

    private final Ticker ticker;
    private final Map<String, Boolean> answered = new ConcurrentHashMap<>();
    private final Map<String, String> state = new ConcurrentHashMap<>();
    private final Map<String, Long> heartbeats = new ConcurrentHashMap<>();
    private volatile boolean started;
    private volatile boolean draining;

    @Inject
    public Readiness(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The service is not ready until this dependency is available. */
    void expect(String dependency) {
        answered.putIfAbsent(dependency, false);
        state.putIfAbsent(dependency, WAITING);
    }

    /** The service does not start because its configuration is invalid. */
    void refused(String reason) {
        state.put("configuration", reason);
    }

    /** All dependencies are registered. */
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

    /** The dependency does not work. Logged once per outage. */
    void failed(String dependency, String reason) {
        String before = state.put(dependency, reason);
        if (before == null || UP.equals(before) || WAITING.equals(before)) {
            LOG.log(System.Logger.Level.WARNING, "dependency.down name={0} reason={1}", dependency, reason);
        }
    }

    /** Heartbeat of a worker thread. */
    void alive(String thread) {
        heartbeats.put(thread, ticker.nanos());
    }

    /** The thread sends no heartbeats until further notice. */
    void quiet(String thread) {
        heartbeats.remove(thread);
    }

    /**
     * An activity outside the worker threads begins, such as a group commit. The service is not ready if it takes too long.
     *
     * @param activity its name, unique among the running ones
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
     * Whether the load balancer may send requests. Draining is read last: if the service starts to drain during this call, and
     * its last dependency becomes available after that, the service was never ready.
     */
    public boolean isReady() {
        return started && !answered.containsValue(false) && stuck().isEmpty() && !draining;
    }

    /** Whether each dependency, and each worker that reported its state, is up. */
    Map<String, Boolean> dependencies() {
        Map<String, Boolean> up = new TreeMap<>();
        state.forEach((name, text) -> up.put(name, UP.equals(text)));
        return up;
    }

    /** The state of each dependency, and other reasons why the service is not ready. */
    public Map<String, String> data() {
        Map<String, String> data = new TreeMap<>(state);
        stuck().forEach((thread, age) -> data.put(thread, "stuck for " + age.toSeconds() + " s"));
        if (draining) {
            data.put("service", "draining");
        }
        return data;
    }

    /** The threads whose last heartbeat is too old, and its age. */
    private Map<String, Duration> stuck() {
        Map<String, Duration> ages = new TreeMap<>();
        heartbeats.forEach((thread, heartbeat) -> ages.put(thread, ticker.since(heartbeat)));
        ages.values().removeIf(age -> age.compareTo(SILENCE_LIMIT) < 0);
        return ages;
    }
}
