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
 * The short way from a transaction to the relays of the same task: a message that is appended while its relay's tray has
 * room is inserted as claimed already, and laid there once it is committed, so that nobody has to look for it. Any other is
 * due in the table, and its relay is rung for. Should the task die, its claims run out, as those of any relay do.
 */
@ApplicationScoped
public class Handover {

    private final Map<Destination, Tray> trays = new EnumMap<>(Destination.class);

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    /** As the container makes it. */
    public Handover() {
        for (Destination destination : Destination.values()) {
            trays.put(destination, new Tray());
        }
    }

    Handover(TransactionSynchronizationRegistry transaction) {
        this();
        this.transaction = transaction;
    }

    Tray tray(Destination destination) {
        return trays.get(destination);
    }

    /** Sees to it that the messages reach their relays if the caller's transaction commits; each group is of one destination. */
    List<Group> announce(List<OutboxMessage> messages) {
        return messages.stream().collect(Collectors.groupingBy(OutboxMessage::destination)).values().stream()
                .map(this::announceGroup)
                .toList();
    }

    private Group announceGroup(List<OutboxMessage> messages) {
        Tray tray = tray(messages.get(0).destination());
        long now = System.nanoTime();
        Group group = new Group(messages, tray, tray.reserve(messages.size()), now);
        try {
            transaction.registerInterposedSynchronization(group);
        } catch (RuntimeException e) {
            group.afterCompletion(Status.STATUS_ROLLEDBACK);
            throw e;
        }
        return group;
    }

    /**
     * Messages of one destination that a transaction appends, told of its end.
     *
     * @param claimed whether the tray has room for them
     * @param since when their claim began, by {@link System#nanoTime}
     */
    record Group(List<OutboxMessage> messages, Tray tray, boolean claimed, long since) implements Synchronization {

        @Override
        public void beforeCompletion() {
            // It may still fail.
        }

        @Override
        public void afterCompletion(int status) {
            boolean committed = status == Status.STATUS_COMMITTED;
            if (claimed && committed) {
                tray.lay(messages, since);
            } else if (claimed) {
                tray.release(messages.size());
            } else if (committed) {
                tray.ring();
            }
        }
    }
}
