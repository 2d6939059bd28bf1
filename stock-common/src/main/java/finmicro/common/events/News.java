package finmicro.common.events;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Tells what is new in a watch from one look to the next. Not for several threads.
 *
 * @param <K> what the watch sees
 */
public final class News<K> {

    private final Watch<K> watch;
    private final Clock clock;
    private Set<K> seen = Set.of();
    private Instant looked;

    public News(Watch<K> watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** Takes note of what there is: from now on what comes is new. */
    void begin() {
        Instant now = clock.instant();
        seen = watch.recent(now);
        looked = now;
    }

    /** What is new since the last look that succeeded; one that fails loses nothing. */
    List<? extends Record> next() {
        Instant now = clock.instant();
        Set<K> recent = watch.recent(looked);
        List<K> news = recent.stream().filter(key -> !seen.contains(key)).toList();
        List<? extends Record> described = news.isEmpty() ? List.of() : watch.describe(news);
        seen = recent;
        looked = now;
        return described;
    }
}
