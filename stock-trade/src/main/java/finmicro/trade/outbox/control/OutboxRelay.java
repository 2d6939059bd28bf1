package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
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
 * table when it is signalled for, and at every look. Where several came in one round, the next waits a moment for as many: a
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
    private final DispatchQueue queue;
    private final OutboxSender sender;
    private final Tracer tracer;
    private final Ticker ticker;
    private long lookAt;

    public OutboxRelay(Outbox outbox, AfterCommitDispatch dispatch, OutboxSender sender, OpenTelemetry telemetry) {
        this(outbox, dispatch, sender, telemetry, Ticker.SYSTEM);
    }

    OutboxRelay(
            Outbox outbox, AfterCommitDispatch dispatch, OutboxSender sender, OpenTelemetry telemetry, Ticker ticker) {
        this.ticker = ticker;
        this.lookAt = ticker.nanos();
        this.tracer = Telemetry.tracer(telemetry);
        this.outbox = outbox;
        this.queue = dispatch.queue(sender.destination());
        this.sender = sender;
    }

    @Override
    public String name() {
        return "relay-" + sender.destination().word();
    }

    @Override
    public void drain() {
        queue.signal();
    }

    @Override
    public void run(WorkerContext worker) throws InterruptedException {
        int failures = 0;
        // What comes while a round is told, and a round more.
        queue.open(2 * sender.maxMessages());
        while (worker.running()) {
            long began = ticker.nanos();
            try {
                Round round = relay(began, worker);
                failures = round.away().isPresent() ? failures + 1 : 0;
                round.away().ifPresent(reason -> worker.failed(new DestinationAway(reason)));
                if (failures == 0) {
                    worker.answered();
                    rest(round, began, worker);
                }
            } catch (RuntimeException e) {
                worker.failed(e);
                failures++;
                lookAt = ticker.nanos();
            }
            if (failures > 0) {
                worker.backOff(failures);
            }
        }
        giveBack(worker);
    }

    /** What is left is due at once: for another task's relay, or for this one's after its next start. */
    private void giveBack(WorkerContext worker) throws InterruptedException {
        List<OutboxMessage> left = queue.close(LAST_COMMITS);
        if (left.isEmpty()) {
            return;
        }
        try {
            outbox.mark(left.stream().collect(Collectors.toMap(OutboxMessage::messageId, message -> Outcome.UNTRIED)));
        } catch (RuntimeException e) {
            // Its claim runs out instead.
            worker.failed(e);
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

    private void rest(Round round, long began, WorkerContext worker) throws InterruptedException {
        if (round.messages() <= 1) {
            queue.await(Duration.ofNanos(lookAt - ticker.nanos()));
        } else if (round.messages() < sender.maxMessages()) {
            worker.pause(GATHER.minusNanos(ticker.nanos() - began));
        }
    }

    private Round relay(long began, WorkerContext worker) {
        List<OutboxMessage> claimed = new ArrayList<>(due());
        List<OutboxMessage> handedOver = queue.take(sender.maxMessages() - claimed.size(), sender.batchSize());
        claimed.addAll(handedOver);
        long expiresAt = began + Outbox.CLAIM.toNanos();
        if (!handedOver.isEmpty()) {
            // These may have been claimed for so long already.
            long handedOverExpiresAt =
                    ticker.nanos() + Outbox.CLAIM.minus(DispatchQueue.MAX_AGE).toNanos();
            expiresAt += Math.min(0, handedOverExpiresAt - expiresAt);
        }
        if (claimed.isEmpty()) {
            return new Round(0, Optional.empty());
        }
        Map<String, Outcome> outcomes = send(
                claimed.stream()
                        .map(message -> new RelayAttempt(tracer, message))
                        .toList(),
                new ClaimDeadline(worker, ticker, expiresAt),
                worker);
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
        boolean signalled = queue.takeSignal();
        if (!signalled && lookAt - now > 0) {
            return List.of();
        }
        List<OutboxMessage> due = outbox.claim(sender.destination(), sender.maxMessages(), sender.batchSize());
        lookAt = due.isEmpty() ? now + LOOK.toNanos() : now;
        return due;
    }

    private Map<String, Outcome> send(List<RelayAttempt> attempts, ClaimDeadline deadline, WorkerContext worker) {
        Map<String, Outcome> outcomes = new HashMap<>();
        attempts.forEach(attempt -> outcomes.put(attempt.message().messageId(), Outcome.UNTRIED));
        try {
            outcomes.putAll(
                    sender.send(attempts.stream().map(RelayAttempt::message).toList(), deadline));
            attempts.forEach(attempt -> log(attempt, outcomes));
            List<Context> traces = attempts.stream().map(RelayAttempt::context).toList();
            Traces.together(traces).wrap(() -> mark(outcomes, worker)).run();
            attempts.stream()
                    .map(RelayAttempt::message)
                    .filter(message -> outcomes.get(message.messageId()).result() == Outcome.Result.SENT)
                    .forEach(sender::sent);
            return outcomes;
        } finally {
            attempts.forEach(
                    attempt -> attempt.end(outcomes.get(attempt.message().messageId())));
        }
    }

    /**
     * While the database is away the outcomes are kept in mind: what was sent is not sent again, and what was not need
     * not wait for its claim to run out.
     */
    private void mark(Map<String, Outcome> outcomes, WorkerContext worker) {
        for (int failures = 1; ; failures++) {
            try {
                outbox.mark(outcomes);
                return;
            } catch (RuntimeException e) {
                if (!Outages.isOutage(e) || !worker.running()) {
                    throw e;
                }
                worker.failed(e);
                worker.backOff(failures);
            }
        }
    }

    private static void log(RelayAttempt attempt, Map<String, Outcome> outcomes) {
        String messageId = attempt.message().messageId();
        Outcome outcome = outcomes.get(messageId);
        if (outcome.result() == Outcome.Result.REFUSED) {
            attempt.context()
                    .wrap(() -> LOG.log(
                            System.Logger.Level.ERROR,
                            "outbox.parked messageId={0} reason={1}",
                            messageId,
                            outcome.reason()))
                    .run();
        }
    }
}
