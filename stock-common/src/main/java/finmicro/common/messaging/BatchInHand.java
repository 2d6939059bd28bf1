package finmicro.common.messaging;

import finmicro.common.problem.Outages;
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
 * The messages of one receive that are not settled yet. While an outage keeps them in hand, {@link #extend()} extends their
 * visibility timeout as a heartbeat, so that no other receive delivers them meanwhile. For one thread.
 */
final class BatchInHand {

    /**
     * Longer than an attempt of a handler and the backoff after it together. If the task is killed, its messages are delivered
     * again after this time.
     */
    static final Duration VISIBILITY = Duration.ofSeconds(60);

    /** Time between two heartbeats: a third, so that two of them may fail. */
    static final Duration HEARTBEAT = VISIBILITY.dividedBy(3);

    /** SQS keeps a message invisible for 12 hours after its receive at most, and refuses an extension beyond. A minute for clocks. */
    static final Duration MAX_VISIBILITY = Duration.ofHours(12).minusMinutes(1);

    private static final System.Logger LOG = Log.of(BatchInHand.class);

    private final Acknowledger acknowledger;
    private final LongSupplier nanoTime;
    private final long received;
    private final Set<InboundMessage> messages;
    private final Set<InboundMessage> lost = new HashSet<>();
    private long extended;
    private boolean warned;

    /** @param nanoTime a monotonic clock, {@link System#nanoTime} */
    BatchInHand(Acknowledger acknowledger, Collection<InboundMessage> messages, LongSupplier nanoTime) {
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

    /** This message is poison: it alone becomes visible again. */
    void reject(InboundMessage message, String reason) {
        message.failed(InboundMessage.POISON, reason);
        messages.remove(message);
        message.context().wrap(() -> acknowledger.reject(message, reason)).run();
    }

    /** The service drains in an outage: another task may have what is left at once. */
    void giveBack(String reason) {
        messages.forEach(message -> message.failed(InboundMessage.OUTAGE, reason));
        acknowledger.giveBack(messages);
        messages.clear();
    }

    /**
     * Extends the visibility timeout if a heartbeat is due. A message whose visibility is lost, after 12 hours or because the
     * queue was away too, stays in hand nevertheless: its effect may be tried any number of times, a receive counts.
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
            // Tried again after the next attempt of the handler, so one line is enough.
            LOG.log(
                    warned ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "queue.change_visibility failed messages={0} reason={1}",
                    held.size(),
                    Outages.reason(e));
            warned = true;
        }
    }
}
