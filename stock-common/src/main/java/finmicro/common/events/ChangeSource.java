package finmicro.common.events;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Reads changes from the database for a {@link Feed}. Each read needs its own transaction; without one, JPA may return cached
 * results. Because several tasks write to the database, reads overlap, and the feed drops duplicates.
 *
 * @param <K> identifies an item in a certain state: another state of the same item is another key
 */
public interface ChangeSource<K> {

    /** Maximum changes of one read. If it is reached, subscribers receive a {@code reset} event. */
    int LIMIT = 20_000;

    /** The position where the next read starts, determined before this read. By default the time of this read. */
    default Instant position(Instant now) {
        return now;
    }

    /** The changes since that position, oldest first, up to {@link #LIMIT}. May contain items that have not changed. */
    Set<K> recent(Instant since);

    /** The events for these changes, in the same order, each with its account. */
    List<Event> describe(List<K> changes);
}
