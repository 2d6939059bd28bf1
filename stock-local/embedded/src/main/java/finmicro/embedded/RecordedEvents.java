package finmicro.embedded;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.Collection;

/** CDI events that a test records instead of having them observed. */
public final class RecordedEvents {

    private RecordedEvents() {}

    /**
     * Events that are added to a collection when they are fired.
     *
     * @param fired of a thread-safe kind if several threads fire
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
