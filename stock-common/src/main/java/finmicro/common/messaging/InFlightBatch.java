package finmicro.common.messaging;

import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The messages of one receive that are not settled yet. While an outage delays them, {@link #extend()} extends their visibility
 * timeout as a heartbeat, so that the queue does not redeliver them. Not thread-safe.
 */
final class InFlightBatch {

    /**
     * Longer than a handler's attempt and the backoff after it together. If the task is killed, its messages are redelivered
     * after this time.
     */
    static final Duration VISIBILITY = Duration.ofSeconds(60);

    /** Time between two heartbeats: a third of the timeout, so that two of them may fail. */
    static final Duration HEARTBEAT = VISIBILITY.dividedBy(3);

    /** SQS rejects an extension beyond 12 hours after the receive. One minute less, to allow for clock drift. */
    static final Duration MAX_VISIBILITY = Duration.ofHours(12).minusMinutes(1);

    private static final System.Logger LOG = Log.of(InFlightBatch.class);

    private final Acknowledger acknowledger;
    private final LongSupplier nanoTime;
    private final long received;
    private final Set<InboundMessage> messages;
    private final Set<InboundMessage> lost = new HashSet<>();
    private long extended;
    private boolean warned;

    /** @param nanoTime a monotonic clock, {@link System#nanoTime} */
    InFlightBatch(Acknowledger acknowledger, Collection<InboundMessage> messages, LongSupplier nanoTime) {
        this.acknowledger = acknowledger;
        this.messages = new LinkedHashSet<>(messages);
        this.nanoTime = nanoTime;
        this.received = nanoTime.getAsLong();
        this.extended = received - HEARTBEAT.toNanos();
    }

    boolean contains(InboundMessage message) {
        return messages.contains(message);
    }

    /** The effects of these messages are committed. */
    void delete(Collection<InboundMessage> processed) {
        processed.forEach(InboundMessage::processed);
        messages.removeAll(processed);
        acknowledger.delete(List.copyOf(processed));
    }

    /** This message is poison: only it becomes visible again. */
    void reject(InboundMessage message, String reason) {
        message.failed(InboundMessage.POISON, reason);
        messages.remove(message);
        message.context().wrap(() -> acknowledger.reject(message, reason)).run();
    }

    /** Makes the remaining messages visible to other tasks, because the service drains during an outage. */
    void release(String reason) {
        messages.forEach(message -> message.failed(InboundMessage.OUTAGE, reason));
        acknowledger.release(messages);
        messages.clear();
    }

    /**
     * Extends the visibility timeout if a heartbeat is due. A message whose timeout expired, after 12 hours or because the queue
     * was unavailable too, is still processed: processing is idempotent, but every further receive counts towards the queue's
     * limit.
     */
    void extend() {
        long now = nanoTime.getAsLong();
        Duration left = MAX_VISIBILITY.minusNanos(now - received);
        if (now - extended < HEARTBEAT.toNanos() || left.toSeconds() < 1) {
            return;
        }
        Set<InboundMessage> held = new LinkedHashSet<>(messages);
        held.removeAll(lost);
        try {
            lost.addAll(acknowledger.extend(held, left.compareTo(VISIBILITY) < 0 ? left : VISIBILITY));
            extended = now;
        } catch (SdkException e) {
            // Retried after the handler's next attempt, so one line is enough.
            LOG.log(
                    warned ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "queue.change_visibility failed messages={0} reason={1}",
                    held.size(),
                    Outages.reason(e));
            warned = true;
        }
    }
}
