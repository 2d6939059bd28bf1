package finmicro.common.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;
import java.util.List;

/** A histogram of durations in seconds, and of their failures by type. */
public final class Durations {

    /** As the semantic conventions advise for durations in seconds. */
    private static final List<Double> BUCKETS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0, 60.0);

    private final DoubleHistogram histogram;

    public Durations(OpenTelemetry telemetry, String name, String description) {
        histogram = Telemetry.meter(telemetry)
                .histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    /** Something took so long. */
    public void record(Duration took) {
        histogram.record(took.toMillis() / 1e3);
    }

    /**
     * Something has ended.
     *
     * @param began as of {@link System#nanoTime}
     * @param errorType the kind of failure, or null
     */
    public void record(long began, Attributes attributes, String errorType) {
        histogram.record((System.nanoTime() - began) / 1e9, Telemetry.failed(attributes, errorType));
    }
}
