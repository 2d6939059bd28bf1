package finmicro.common.events;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a feed asks its database, in a transaction each time: without one, JPA may answer with what it read before. Several
 * tasks write to it, so what may have changed is told generously, and the feed tells each thing once.
 *
 * @param <K> a thing and the state it is in, as a value: another state is another key
 */
public interface Watch<K> {

    /** What may have changed since then, the older first; more than has changed is no harm. */
    Set<K> recent(Instant since);

    /** These as they go over the wire, in this order. */
    List<? extends Record> describe(List<K> news);
}
