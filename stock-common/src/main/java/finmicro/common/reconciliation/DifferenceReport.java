package finmicro.common.reconciliation;

import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The current differences, as a gauge. Logs an ERROR line when a difference is found, and a line when it is resolved. Thread-safe.
 */
public final class DifferenceReport implements AutoCloseable {

    /** Maximum number of listed differences; the gauge counts all. */
    public static final int MAX_REPORTED = 100;

    private static final System.Logger LOG = Log.of(DifferenceReport.class);

    private final Lock lock = new ReentrantLock();
    /** By subject; guarded by the lock. */
    private final Map<String, List<Difference>> differences = new TreeMap<>();

    private final ObservableLongGauge gauge;

    public DifferenceReport(OpenTelemetry telemetry) {
        gauge = Telemetry.meter(telemetry)
                .gaugeBuilder("reconciliation.differences")
                .ofLongs()
                .setUnit("{difference}")
                .setDescription("Values of accounts that differ from the sum of their entries")
                .buildWithCallback(measurement -> measurement.record(count()));
    }

    /**
     * Replaces the differences of each subject.
     *
     * @param found by subject: an account, or an entry of it
     */
    public void checked(Map<String, List<Difference>> found) {
        lock.lock();
        try {
            found.forEach(this::checked);
        } finally {
            lock.unlock();
        }
    }

    /** Removes subjects without logging, because another task checked them and logged the result. */
    public void forget(Predicate<String> subject) {
        lock.lock();
        try {
            differences.keySet().removeIf(subject);
        } finally {
            lock.unlock();
        }
    }

    private void checked(String subject, List<Difference> now) {
        List<Difference> before = now.isEmpty() ? differences.remove(subject) : differences.put(subject, now);
        Set<Difference> known = before == null ? Set.of() : new HashSet<>(before);
        now.stream().filter(difference -> !known.contains(difference)).forEach(DifferenceReport::log);
        if (now.isEmpty() && before != null) {
            LOG.log(System.Logger.Level.INFO, "reconciliation.resolved subject={0}", subject);
        }
    }

    private static void log(Difference difference) {
        LOG.log(
                System.Logger.Level.ERROR,
                "reconciliation.difference account={0} item={1} expected={2} actual={3}",
                difference.account(),
                difference.item(),
                String.valueOf(difference.expected()),
                String.valueOf(difference.actual()));
    }

    /** Number of differences. */
    public long count() {
        lock.lock();
        try {
            return differences.values().stream().mapToLong(Collection::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** The differences by subject, up to {@value #MAX_REPORTED}. */
    public List<Difference> list() {
        lock.lock();
        try {
            return differences.values().stream()
                    .flatMap(Collection::stream)
                    .limit(MAX_REPORTED)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Unregisters the callback, because the server's telemetry outlives the application. */
    @Override
    public void close() {
        gauge.close();
    }
}
