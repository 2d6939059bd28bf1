package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Passes new messages to the relays of the same task after the commit, without a query. If the relay's queue has capacity, a message
 * is inserted as already claimed and offered to that queue after the commit. Otherwise it is inserted as due, and the relay gets a
 * signal to poll the table. If the task crashes, its claims expire and another task sends the messages.
 */
@ApplicationScoped
public class AfterCommitDispatch {

    private final Map<Destination, DispatchQueue> queues = new EnumMap<>(Destination.class);

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    /** For the container. */
    public AfterCommitDispatch() {
        for (Destination destination : Destination.values()) {
            queues.put(destination, new DispatchQueue());
        }
    }

    AfterCommitDispatch(TransactionSynchronizationRegistry transaction) {
        this();
        this.transaction = transaction;
    }

    DispatchQueue queue(Destination destination) {
        return queues.get(destination);
    }

    /** Registers the messages with the caller's transaction: they reach their relays if it commits. One group per destination. */
    List<Group> register(List<OutboxMessage> messages) {
        return messages.stream().collect(Collectors.groupingBy(OutboxMessage::destination)).values().stream()
                .map(this::registerGroup)
                .toList();
    }

    private Group registerGroup(List<OutboxMessage> messages) {
        DispatchQueue queue = queue(messages.get(0).destination());
        long now = System.nanoTime();
        Group group = new Group(messages, queue, queue.reserve(messages.size()), now);
        try {
            transaction.registerInterposedSynchronization(group);
        } catch (RuntimeException e) {
            group.afterCompletion(Status.STATUS_ROLLEDBACK);
            throw e;
        }
        return group;
    }

    /**
     * The messages for one destination that a transaction appends.
     *
     * @param claimed whether the queue has reserved capacity for them
     * @param claimedAt by {@link System#nanoTime}
     */
    record Group(List<OutboxMessage> messages, DispatchQueue queue, boolean claimed, long claimedAt)
            implements Synchronization {

        @Override
        public void beforeCompletion() {
            // It may still fail.
        }

        @Override
        public void afterCompletion(int status) {
            boolean committed = status == Status.STATUS_COMMITTED;
            if (claimed && committed) {
                queue.offer(messages, claimedAt);
            } else if (claimed) {
                queue.release(messages.size());
            } else if (committed) {
                queue.signal();
            }
        }
    }
}
