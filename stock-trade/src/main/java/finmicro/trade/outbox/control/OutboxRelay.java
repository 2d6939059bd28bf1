package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.problem.Outages;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Delivers one destination's messages: at once when the bell rings, and at every look for what is due again. While the
 * destination is away it stops claiming for a while, instead of trying every message in turn.
 */
public final class OutboxRelay implements Worker {

    private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
    private static final int BATCH = 10;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final OutboxBell bell;
    private final Delivery delivery;

    public OutboxRelay(Outbox outbox, OutboxBell bell, Delivery delivery) {
        this.outbox = outbox;
        this.bell = bell;
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return "relay-" + delivery.destination().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void drain() {
        bell.ring(delivery.destination());
    }

    @Override
    public void run(Pulse pulse) throws InterruptedException {
        int failures = 0;
        while (pulse.running()) {
            try {
                Outcome.Result result = relay(pulse);
                failures = result == Outcome.Result.AWAY ? failures + 1 : 0;
                if (failures == 0) {
                    pulse.answered();
                }
                if (result == null) {
                    bell.await(delivery.destination(), LOOK);
                }
            } catch (RuntimeException e) {
                pulse.failed(e);
                failures++;
            }
            if (failures > 0) {
                pulse.backOff(failures);
            }
        }
    }

    /** Relays one batch. Returns AWAY when the destination was, null when nothing was due. */
    private Outcome.Result relay(Pulse pulse) {
        List<OutboxMessage> claimed = outbox.claim(delivery.destination(), BATCH);
        if (claimed.isEmpty()) {
            return null;
        }
        Map<String, Outcome> outcomes = new HashMap<>();
        for (OutboxMessage message : claimed) {
            outcomes.put(message.messageId(), Outcome.again("no outcome"));
        }
        outcomes.putAll(delivery.deliver(claimed));
        outcomes.forEach(OutboxRelay::log);
        mark(outcomes, pulse);
        return outcomes.values().stream().anyMatch(outcome -> outcome.result() == Outcome.Result.AWAY)
                ? Outcome.Result.AWAY
                : Outcome.Result.SENT;
    }

    /**
     * While the database is away the outcomes are kept in mind: what was sent is not sent again, and what was not need
     * not wait for its claim to run out.
     */
    private void mark(Map<String, Outcome> outcomes, Pulse pulse) {
        for (int failures = 1; ; failures++) {
            try {
                outbox.mark(outcomes);
                return;
            } catch (RuntimeException e) {
                if (!Outages.isOutage(e) || !pulse.running()) {
                    throw e;
                }
                pulse.failed(e);
                pulse.backOff(failures);
            }
        }
    }

    private static void log(String messageId, Outcome outcome) {
        if (outcome.result() == Outcome.Result.REFUSED) {
            LOG.log(System.Logger.Level.ERROR, "outbox.parked messageId={0} reason={1}", messageId, outcome.reason());
        }
    }
}
