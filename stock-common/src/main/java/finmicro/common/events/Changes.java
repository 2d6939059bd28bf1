package finmicro.common.events;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Finds what is new in a watch from one look to the next. Not thread-safe.
 *
 * @param <K> what the watch sees
 */
final class Changes<K> {

    private final ChangeSource<K> watch;
    private final Clock clock;
    private Set<K> seen = Set.of();
    private Instant position;

    Changes(ChangeSource<K> watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** Takes note of what there is: from now on what comes is new. */
    void begin() {
        Instant begin = watch.position(clock.instant());
        seen = watch.recent(begin);
        position = begin;
    }

    /**
     * What is new since the last look that succeeded; one that fails loses nothing. Null if that is too much to be sent one
     * by one.
     */
    List<Event> next() {
        Instant next = watch.position(clock.instant());
        Set<K> recent = watch.recent(position);
        List<K> news = recent.stream().filter(key -> !seen.contains(key)).toList();
        boolean tooMuch = recent.size() >= ChangeSource.LIMIT;
        List<Event> described = news.isEmpty() || tooMuch ? List.of() : watch.describe(news);
        seen = recent;
        position = next;
        return tooMuch ? null : described;
    }
}
