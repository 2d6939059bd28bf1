package finmicro.common.events;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Finds the new changes of a source since the previous read. Not thread-safe.
 *
 * @param <K> the key of a change
 */
final class Changes<K> {

    private final ChangeSource<K> source;
    private final Clock clock;
    private Set<K> seen = Set.of();
    private Instant position;

    Changes(ChangeSource<K> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Reads the current state: only later changes are new. */
    void begin() {
        Instant begin = source.position(clock.instant());
        seen = source.recent(begin);
        position = begin;
    }

    /**
     * The events since the last successful call; if a call fails, the next one returns its events. Null if there are too many
     * to send individually.
     */
    List<Event> next() {
        Instant next = source.position(clock.instant());
        Set<K> recent = source.recent(position);
        List<K> unseen = recent.stream().filter(key -> !seen.contains(key)).toList();
        boolean tooMany = recent.size() >= ChangeSource.LIMIT;
        List<Event> events = unseen.isEmpty() || tooMany ? List.of() : source.describe(unseen);
        seen = recent;
        position = next;
        return tooMany ? null : events;
    }
}
