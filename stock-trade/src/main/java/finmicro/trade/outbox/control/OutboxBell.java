package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a destination's relay when something for it has been committed. */
@ApplicationScoped
public class OutboxBell {

    private final Map<OutboxMessage.Destination, Semaphore> bells = new EnumMap<>(OutboxMessage.Destination.class);

    public OutboxBell() {
        for (OutboxMessage.Destination destination : OutboxMessage.Destination.values()) {
            bells.put(destination, new Semaphore(0));
        }
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutboxMessage message) {
        ring(message.destination());
    }

    /** Wakes the relay. */
    public void ring(OutboxMessage.Destination destination) {
        bells.get(destination).release();
    }

    /** Forgets the rings so far: whoever looks next sees what they were for. */
    public void silence(OutboxMessage.Destination destination) {
        bells.get(destination).drainPermits();
    }

    /** Waits for a ring, at most so long. */
    public void await(OutboxMessage.Destination destination, Duration most) throws InterruptedException {
        bells.get(destination).tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    }
}
