package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.telemetry.Telemetry;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.LongGauge;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Reports the number of unsent messages and the age of the oldest one; production has an alarm on that age. All tasks share the
 * outbox, so each reports the same values.
 */
public final class OutboxMetrics implements Worker {

    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("outbox.destination");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("outbox.state");

    private final Outbox outbox;
    private final boolean enabled;
    private final DoubleGauge oldest;
    private final LongGauge unsent;

    /** @param enabled whether telemetry is switched on; if not, this does not query the outbox */
    public OutboxMetrics(Outbox outbox, OpenTelemetry telemetry, boolean enabled) {
        this.outbox = outbox;
        this.enabled = enabled;
        this.oldest = Telemetry.meter(telemetry)
                .gaugeBuilder("outbox.oldest.unsent")
                .setUnit("s")
                .setDescription("Age of the oldest unsent message in the outbox")
                .build();
        this.unsent = Telemetry.meter(telemetry)
                .gaugeBuilder("outbox.unsent")
                .ofLongs()
                .setUnit("{message}")
                .setDescription("Unsent messages in the outbox: waiting, or parked for an operator")
                .build();
    }

    @Override
    public String name() {
        return "outbox-metrics";
    }

    @Override
    public void run(WorkerContext context) {
        if (enabled) {
            context.repeat(INTERVAL, () -> record(outbox.unsent()));
        }
    }

    private void record(List<Outbox.Unsent> groups) {
        oldest.set(groups.stream()
                .map(Outbox.Unsent::oldest)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .toSeconds());
        for (Destination destination : Destination.values()) {
            for (boolean parked : new boolean[] {false, true}) {
                long messages = groups.stream()
                        .filter(group -> group.destination() == destination && group.parked() == parked)
                        .mapToLong(Outbox.Unsent::messages)
                        .sum();
                unsent.set(
                        messages, Attributes.of(DESTINATION, destination.word(), STATE, parked ? "parked" : "waiting"));
            }
        }
    }
}
