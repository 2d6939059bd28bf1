package finmicro.embedded;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.Collection;

/** CDI events that are recorded for a test instead of being delivered to observers. */
public final class RecordedEvents {

    private RecordedEvents() {}

    /**
     * Adds each fired event to a collection.
     *
     * @param fired must be thread-safe if several threads fire events
     */
    @SuppressWarnings("unchecked")
    public static <T> Event<T> into(Collection<? super T> fired) {
        return (Event<T>) Proxy.newProxyInstance(
                RecordedEvents.class.getClassLoader(), new Class<?>[] {Event.class}, (self, method, arguments) -> {
                    fired.add((T) arguments[0]);
                    return null;
                });
    }
}
