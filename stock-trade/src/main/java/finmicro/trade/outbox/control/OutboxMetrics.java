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
 * Tells what of the outbox is not sent: how many messages, and how long the oldest has been waiting, of which production
 * has an alarm. Every task of the service tells the same, since the outbox is theirs together.
 */
public final class OutboxMetrics implements Worker {

    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("outbox.destination");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("outbox.state");

    private final Outbox outbox;
    private final boolean wanted;
    private final DoubleGauge oldest;
    private final LongGauge unsent;

    /** @param wanted whether telemetry is switched on; if not, nobody is asked */
    public OutboxMetrics(Outbox outbox, OpenTelemetry telemetry, boolean wanted) {
        this.outbox = outbox;
        this.wanted = wanted;
        this.oldest = Telemetry.meter(telemetry)
                .gaugeBuilder("outbox.oldest.unsent")
                .setUnit("s")
                .setDescription("Age of the oldest message of the outbox that is not sent")
                .build();
        this.unsent = Telemetry.meter(telemetry)
                .gaugeBuilder("outbox.unsent")
                .ofLongs()
                .setUnit("{message}")
                .setDescription("Messages of the outbox that are not sent: waiting, or parked for an operator")
                .build();
    }

    @Override
    public String name() {
        return "outbox-metrics";
    }

    @Override
    public void run(WorkerContext context) {
        while (wanted && context.running()) {
            try {
                tell(outbox.unsent());
                context.answered();
            } catch (RuntimeException e) {
                context.failed(e);
            }
            context.resting();
            context.pause(EVERY);
        }
    }

    private void tell(List<Outbox.Unsent> found) {
        oldest.set(found.stream()
                .map(Outbox.Unsent::oldest)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .toSeconds());
        for (Destination destination : Destination.values()) {
            for (boolean parked : new boolean[] {false, true}) {
                long messages = found.stream()
                        .filter(group -> group.destination() == destination && group.parked() == parked)
                        .mapToLong(Outbox.Unsent::messages)
                        .sum();
                unsent.set(
                        messages, Attributes.of(DESTINATION, destination.word(), STATE, parked ? "parked" : "waiting"));
            }
        }
    }
}
