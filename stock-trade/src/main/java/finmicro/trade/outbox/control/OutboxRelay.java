package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.problem.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import finmicro.common.telemetry.Traces;
import finmicro.common.time.Ticker;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Delivers one destination's messages, round by round: at once what is handed over to it, and what it finds due in the
 * table when it is rung for, and at every look. Where several came in one round, the next waits a moment for as many: a
 * round costs a transaction or two, and a call that is not full as much as one that is. While the destination is away
 * it stops claiming for a while, instead of trying every message in turn.
 */
public final class OutboxRelay implements Worker {

    private static final System.Logger LOG = Log.of(OutboxRelay.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Longer than a transaction takes, unless the database is away. */
    private static final Duration LAST_COMMITS = Duration.ofSeconds(2);
    /** From the begin of a round of several to the next. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private final Outbox outbox;
    private final Tray tray;
    private final Delivery delivery;
    private final Tracer tracer;
    private final Ticker ticker;
    private long lookAt;

    public OutboxRelay(Outbox outbox, Handover handover, Delivery delivery, OpenTelemetry telemetry) {
        this(outbox, handover, delivery, telemetry, Ticker.SYSTEM);
    }

    OutboxRelay(Outbox outbox, Handover handover, Delivery delivery, OpenTelemetry telemetry, Ticker ticker) {
        this.ticker = ticker;
        this.lookAt = ticker.nanos();
        this.tracer = Telemetry.tracer(telemetry);
        this.outbox = outbox;
        this.tray = handover.tray(delivery.destination());
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return "relay-" + delivery.destination().word();
    }

    @Override
    public void drain() {
        tray.ring();
    }

    @Override
    public void run(Pulse pulse) throws InterruptedException {
        int failures = 0;
        // What comes while a round is told, and a round more.
        tray.open(2 * delivery.most());
        while (pulse.running()) {
            long began = ticker.nanos();
            try {
                Round round = relay(began, pulse);
                failures = round.away().isPresent() ? failures + 1 : 0;
                round.away().ifPresent(reason -> pulse.failed(new DestinationAway(reason)));
                if (failures == 0) {
                    pulse.answered();
                    rest(round, began, pulse);
                }
            } catch (RuntimeException e) {
                pulse.failed(e);
                failures++;
                lookAt = ticker.nanos();
            }
            if (failures > 0) {
                pulse.backOff(failures);
            }
        }
        giveBack(pulse);
    }

    /** What is left is due at once: for another task's relay, or for this one's after its next start. */
    private void giveBack(Pulse pulse) throws InterruptedException {
        List<OutboxMessage> left = tray.close(LAST_COMMITS);
        if (left.isEmpty()) {
            return;
        }
        try {
            outbox.mark(left.stream().collect(Collectors.toMap(OutboxMessage::messageId, message -> Outcome.UNTRIED)));
        } catch (RuntimeException e) {
            // Its claim runs out instead.
            pulse.failed(e);
        }
    }

    /**
     * What a round came to.
     *
     * @param messages that were told
     * @param away why the destination is away; empty if it is not
     */
    private record Round(int messages, Optional<String> away) {}

    /** The destination answers for no message at all. */
    private static final class DestinationAway extends RuntimeException {

        DestinationAway(String reason) {
            super(reason);
        }
    }

    private void rest(Round round, long began, Pulse pulse) throws InterruptedException {
        if (round.messages() <= 1) {
            tray.await(Duration.ofNanos(lookAt - ticker.nanos()));
        } else if (round.messages() < delivery.most()) {
            pulse.pause(GATHER.minusNanos(ticker.nanos() - began));
        }
    }

    private Round relay(long began, Pulse pulse) {
        List<OutboxMessage> claimed = new ArrayList<>(due());
        List<OutboxMessage> handedOver = tray.take(delivery.most() - claimed.size(), delivery.call());
        claimed.addAll(handedOver);
        long expiresAt = began + Outbox.CLAIM.toNanos();
        if (!handedOver.isEmpty()) {
            // These may have been claimed for so long already.
            long handedOverExpiresAt =
                    ticker.nanos() + Outbox.CLAIM.minus(Tray.KEPT).toNanos();
            expiresAt += Math.min(0, handedOverExpiresAt - expiresAt);
        }
        if (claimed.isEmpty()) {
            return new Round(0, Optional.empty());
        }
        Map<String, Outcome> outcomes = deliver(
                claimed.stream().map(message -> new Relaying(tracer, message)).toList(),
                new ClaimDeadline(pulse, ticker, expiresAt),
                pulse);
        Optional<String> away = outcomes.values().stream()
                .filter(outcome -> outcome.result() == Outcome.Result.AWAY)
                .map(Outcome::reason)
                .findAny();
        if (away.isPresent()) {
            lookAt = ticker.nanos();
        }
        return new Round(claimed.size(), away);
    }

    /** What it finds in the table; as long as it finds something, it looks each time. */
    private List<OutboxMessage> due() {
        long now = ticker.nanos();
        boolean rung = tray.answerRing();
        if (!rung && lookAt - now > 0) {
            return List.of();
        }
        List<OutboxMessage> due = outbox.claim(delivery.destination(), delivery.most(), delivery.call());
        lookAt = due.isEmpty() ? now + LOOK.toNanos() : now;
        return due;
    }

    private Map<String, Outcome> deliver(List<Relaying> relayings, ClaimDeadline deadline, Pulse pulse) {
        Map<String, Outcome> outcomes = new HashMap<>();
        relayings.forEach(relaying -> outcomes.put(relaying.message().messageId(), Outcome.UNTRIED));
        try {
            outcomes.putAll(
                    delivery.deliver(relayings.stream().map(Relaying::message).toList(), deadline));
            relayings.forEach(relaying -> log(relaying, outcomes));
            List<Context> traces = relayings.stream().map(Relaying::context).toList();
            Traces.together(traces).wrap(() -> mark(outcomes, pulse)).run();
            relayings.stream()
                    .map(Relaying::message)
                    .filter(message -> outcomes.get(message.messageId()).result() == Outcome.Result.SENT)
                    .forEach(delivery::delivered);
            return outcomes;
        } finally {
            relayings.forEach(
                    relaying -> relaying.end(outcomes.get(relaying.message().messageId())));
        }
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

    private static void log(Relaying relaying, Map<String, Outcome> outcomes) {
        String messageId = relaying.message().messageId();
        Outcome outcome = outcomes.get(messageId);
        if (outcome.result() == Outcome.Result.REFUSED) {
            relaying.context()
                    .wrap(() -> LOG.log(
                            System.Logger.Level.ERROR,
                            "outbox.parked messageId={0} reason={1}",
                            messageId,
                            outcome.reason()))
                    .run();
        }
    }
}
