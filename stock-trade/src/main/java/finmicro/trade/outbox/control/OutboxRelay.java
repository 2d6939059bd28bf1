package finmicro.trade.outbox.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
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
 * Sends the messages of one destination, in rounds. It takes new messages from its {@link DispatchQueue} at once, and polls the
 * table for due ones. After a round of several messages it waits briefly for more, because a partial batch costs as much as a
 * full one. If the destination is unavailable, it backs off instead of trying every message.
 */
public final class OutboxRelay implements Worker {

    private static final System.Logger LOG = Log.of(OutboxRelay.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    /** Longer than a transaction takes, unless the database is unavailable. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    /** From the start of a round of several messages to the start of the next. */
    private static final Duration BATCH_INTERVAL = Duration.ofMillis(100);

    private final Outbox outbox;
    private final DispatchQueue queue;
    private final OutboxSender sender;
    private final Tracer tracer;
    private final Ticker ticker;
    private long nextPollAt;

    public OutboxRelay(Outbox outbox, AfterCommitDispatch dispatch, OutboxSender sender, OpenTelemetry telemetry) {
        this(outbox, dispatch, sender, telemetry, Ticker.SYSTEM);
    }

    OutboxRelay(
            Outbox outbox, AfterCommitDispatch dispatch, OutboxSender sender, OpenTelemetry telemetry, Ticker ticker) {
        this.ticker = ticker;
        this.nextPollAt = ticker.nanos();
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
        // One round that is being sent, and one that is waiting.
        queue.open(2 * sender.maxMessages());
        while (worker.running()) {
            long began = ticker.nanos();
            try {
                Round round = relay(began, worker);
                failures = round.unavailable().isPresent() ? failures + 1 : 0;
                round.unavailable().ifPresent(reason -> worker.reportFailure(new DestinationUnavailable(reason)));
                if (failures == 0) {
                    worker.reportSuccess();
                    awaitMore(round, began, worker);
                }
            } catch (RuntimeException e) {
                worker.reportFailure(e);
                failures++;
                nextPollAt = ticker.nanos();
            }
            if (failures > 0) {
                worker.backOff(failures);
            }
        }
        returnRemaining(worker);
    }

    /** Makes the remaining messages due at once, for another task or for this one after its restart. */
    private void returnRemaining(WorkerContext worker) throws InterruptedException {
        List<OutboxMessage> remaining = queue.close(CLOSE_TIMEOUT);
        if (remaining.isEmpty()) {
            return;
        }
        try {
            outbox.mark(
                    remaining.stream().collect(Collectors.toMap(OutboxMessage::messageId, message -> Outcome.UNTRIED)));
        } catch (RuntimeException e) {
            // They are due when their claims expire.
            worker.reportFailure(e);
        }
    }

    /**
     * The result of a round.
     *
     * @param messages number of messages that were claimed
     * @param unavailable why the destination is unavailable; empty if it is available
     */
    private record Round(int messages, Optional<String> unavailable) {}

    /** The destination accepts no message at all. */
    private static final class DestinationUnavailable extends RuntimeException {

        DestinationUnavailable(String reason) {
            super(reason);
        }
    }

    private void awaitMore(Round round, long began, WorkerContext worker) throws InterruptedException {
        if (round.messages() <= 1) {
            queue.await(Duration.ofNanos(nextPollAt - ticker.nanos()));
        } else if (round.messages() < sender.maxMessages()) {
            worker.pause(BATCH_INTERVAL.minusNanos(ticker.nanos() - began));
        }
    }

    private Round relay(long began, WorkerContext worker) {
        List<OutboxMessage> claimed = new ArrayList<>(poll());
        List<OutboxMessage> queued = queue.take(sender.maxMessages() - claimed.size(), sender.batchSize());
        claimed.addAll(queued);
        long expiresAt = began + Outbox.CLAIM.toNanos();
        if (!queued.isEmpty()) {
            // These may already have waited in the queue for up to MAX_AGE.
            long queuedExpiresAt =
                    ticker.nanos() + Outbox.CLAIM.minus(DispatchQueue.MAX_AGE).toNanos();
            expiresAt += Math.min(0, queuedExpiresAt - expiresAt);
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
        Optional<String> unavailable = outcomes.values().stream()
                .filter(outcome -> outcome.result() == Outcome.Result.UNAVAILABLE)
                .map(Outcome::reason)
                .findAny();
        if (unavailable.isPresent()) {
            nextPollAt = ticker.nanos();
        }
        return new Round(claimed.size(), unavailable);
    }

    /** Claims due messages from the table if it is time to poll. As long as there are any, each round polls. */
    private List<OutboxMessage> poll() {
        long now = ticker.nanos();
        boolean signalled = queue.takeSignal();
        if (!signalled && nextPollAt - now > 0) {
            return List.of();
        }
        List<OutboxMessage> due = outbox.claim(sender.destination(), sender.maxMessages(), sender.batchSize());
        nextPollAt = due.isEmpty() ? now + POLL_INTERVAL.toNanos() : now;
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
     * Records the outcomes. If the database is unavailable, this retries: otherwise the claims would expire, and messages that were
     * sent would be sent again.
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
                worker.reportFailure(e);
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
