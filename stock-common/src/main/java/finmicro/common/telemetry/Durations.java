package finmicro.common.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;
import java.util.List;

/** A histogram of durations in seconds, with the error type as an attribute. */
public final class Durations {

    /** Recommended by the semantic conventions for durations in seconds. */
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

    /** Records a duration. */
    public void record(Duration duration) {
        histogram.record(duration.toMillis() / 1e3);
    }

    /**
     * Records the time since {@code began}.
     *
     * @param began start by {@link System#nanoTime}
     * @param errorType the error type, or null
     */
    public void record(long began, Attributes attributes, String errorType) {
        histogram.record((System.nanoTime() - began) / 1e9, Telemetry.failed(attributes, errorType));
    }
}
