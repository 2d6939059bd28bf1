package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;

/**
 * Tells how long the oldest unsent message has been waiting: the gauge {@value #METRIC}, in seconds, of which production
 * has an alarm. Every task of the service tells the same, since the outbox is theirs together.
 */
public final class OutboxAge implements Worker {

    public static final String METRIC = "outbox.oldest.unsent";

    private static final Duration EVERY = Duration.ofSeconds(20);

    private final Outbox outbox;
    private final DoubleGauge gauge;

    /** @param meter of this service */
    public OutboxAge(Outbox outbox, Meter meter) {
        this.outbox = outbox;
        this.gauge = meter.gaugeBuilder(METRIC)
                .setUnit("s")
                .setDescription("Age of the oldest message of the outbox that is not sent")
                .build();
    }

    @Override
    public String name() {
        return "outbox-age";
    }

    @Override
    public void run(Pulse pulse) {
        while (pulse.running()) {
            try {
                gauge.set(outbox.oldestUnsent().toSeconds());
                pulse.answered();
            } catch (RuntimeException e) {
                pulse.failed(e);
            }
            pulse.resting();
            pulse.pause(EVERY);
        }
    }
}
