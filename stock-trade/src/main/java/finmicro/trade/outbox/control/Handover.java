package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
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
    private final Event<Appended> events;

    /**
     * Messages of one destination that a transaction appends.
     *
     * @param claimed whether the tray has room for them
     */
    record Appended(Destination destination, List<OutboxMessage> messages, boolean claimed) {}

    @Inject
    public Handover(Event<Appended> events) {
        this.events = events;
        for (Destination destination : Destination.values()) {
            trays.put(destination, new Tray());
        }
    }

    Tray tray(Destination destination) {
        return trays.get(destination);
    }

    /** Sees to it that the messages reach their relays if the caller's transaction commits; each group is of one destination. */
    List<Appended> announce(List<OutboxMessage> messages) {
        return messages.stream().collect(Collectors.groupingBy(OutboxMessage::destination)).entrySet().stream()
                .map(group -> announce(group.getKey(), group.getValue()))
                .toList();
    }

    private Appended announce(Destination destination, List<OutboxMessage> messages) {
        Appended appended =
                new Appended(destination, messages, tray(destination).reserve(messages.size()));
        try {
            events.fire(appended);
        } catch (RuntimeException e) {
            failed(appended);
            throw e;
        }
        return appended;
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Appended appended) {
        Tray tray = tray(appended.destination());
        if (appended.claimed()) {
            tray.lay(appended.messages());
        } else {
            tray.ring();
        }
    }

    void failed(@Observes(during = TransactionPhase.AFTER_FAILURE) Appended appended) {
        if (appended.claimed()) {
            tray(appended.destination()).release(appended.messages().size());
        }
    }
}
