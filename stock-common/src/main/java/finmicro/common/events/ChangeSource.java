package finmicro.common.events;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a feed reads from its database, in a transaction each time: without one, JPA may answer with what it read before.
 * Several tasks write to it, so more is read than may have changed, and the feed sends each change once.
 *
 * @param <K> a thing and the state it is in, as a value: another state is another key
 */
public interface ChangeSource<K> {

    /** The most changes that one look reads. If there are as many, listeners are told to fetch everything again. */
    int LIMIT = 20_000;

    /** The position that the next look begins at, read before this one. By default the moment of this look. */
    default Instant position(Instant now) {
        return now;
    }

    /** What may have changed since that position, the older first, at most {@link #LIMIT}; more than has changed is no harm. */
    Set<K> recent(Instant since);

    /** The events for these, in this order, each with its account. */
    List<Event> describe(List<K> news);
}
