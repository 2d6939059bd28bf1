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
 * Has the log say once that the backend of telemetry is away, where the exporters say it, with a stack trace, for every
 * export that fails.
 */
@ApplicationScoped
public class ExportFailures implements Filter {

    /** Metrics are exported once a minute: a silence of five is the end of an outage. */
    private static final Duration OVER = Duration.ofMinutes(5);

    // Kept, because the JVM holds loggers weakly.
    private final List<Logger> exporters = List.of(
            Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter"),
            Logger.getLogger("io.opentelemetry.exporter.internal.grpc.GrpcExporter"),
            Logger.getLogger("io.opentelemetry.exporter.zipkin.ZipkinSpanExporter"));

    private final Ticker ticker;
    private final Lock lock = new ReentrantLock();
    private long last;
    private LogRecord told;

    @Inject
    public ExportFailures(Ticker ticker) {
        this.ticker = ticker;
    }

    void watch(@Observes Startup event) {
        exporters.forEach(exporter -> exporter.setFilter(this));
    }

    @PreDestroy
    void leave() {
        exporters.forEach(exporter -> exporter.setFilter(null));
    }

    @Override
    public boolean isLoggable(LogRecord failure) {
        lock.lock();
        try {
            if (told == null || ticker.since(last).compareTo(OVER) >= 0) {
                failure.setThrown(null);
                told = failure;
            }
            last = ticker.nanos();
            // The server's loggers ask twice for each record.
            return failure == told;
        } finally {
            lock.unlock();
        }
    }
}
