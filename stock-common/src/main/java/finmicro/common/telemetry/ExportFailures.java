package finmicro.common.telemetry;

import finmicro.common.time.Ticker;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Logs an outage of the telemetry backend once. Without this filter, the exporters log every failed export with a stack trace.
 */
@ApplicationScoped
public class ExportFailures implements Filter {

    /** Time without a failure after which an outage counts as over. Metrics are exported every minute. */
    private static final Duration OVER = Duration.ofMinutes(5);

    // Strong references, because the JVM references loggers weakly.
    private final List<Logger> exporters = List.of(
            Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter"),
            Logger.getLogger("io.opentelemetry.exporter.internal.grpc.GrpcExporter"),
            Logger.getLogger("io.opentelemetry.exporter.zipkin.ZipkinSpanExporter"));

    private final Ticker ticker;
    private final Lock lock = new ReentrantLock();
    private long last;
    private LogRecord logged;

    @Inject
    public ExportFailures(Ticker ticker) {
        this.ticker = ticker;
    }

    void watch(@Observes Startup event) {
        exporters.forEach(exporter -> exporter.setFilter(this));
    }

    @PreDestroy
    void unwatch() {
        exporters.forEach(exporter -> exporter.setFilter(null));
    }

    @Override
    public boolean isLoggable(LogRecord failure) {
        lock.lock();
        try {
            if (logged == null || ticker.since(last).compareTo(OVER) >= 0) {
                failure.setThrown(null);
                logged = failure;
            }
            last = ticker.nanos();
            // The server's loggers call the filter twice for each record.
            return failure == logged;
        } finally {
            lock.unlock();
        }
    }
}
