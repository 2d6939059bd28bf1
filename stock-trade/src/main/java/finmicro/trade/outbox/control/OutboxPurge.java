package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Removes what was sent a day ago: long enough to look into, short enough for the table to stay small. */
@ApplicationScoped
public class OutboxPurge implements Worker {

    private static final Duration AGE = Duration.ofDays(1);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Outbox outbox;

    @Inject
    public OutboxPurge(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "outbox-purge";
    }

    @Override
    public void run(Pulse pulse) {
        while (pulse.running()) {
            try {
                boolean more = pulse.running();
                while (more) {
                    more = outbox.purge(AGE) > 0 && pulse.running();
                }
                pulse.answered();
            } catch (RuntimeException e) {
                pulse.failed(e);
            }
            pulse.resting();
            pulse.pause(EVERY);
        }
    }
}
