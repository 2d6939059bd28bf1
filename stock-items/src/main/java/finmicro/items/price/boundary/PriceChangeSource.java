package finmicro.items.price.boundary;

import finmicro.common.events.ChangeSource;
import finmicro.common.events.Event;
import finmicro.items.price.control.PriceHistory;
import finmicro.items.price.entity.StoredPrice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds prices of any day that any task stored or changed recently. The position is the time of the last change in the database,
 * not the current time: it reads from a replica, which may lag by any amount.
 */
@ApplicationScoped
public class PriceChangeSource implements ChangeSource<StoredPrice> {

    /** Exceeds the transaction timeout: a change gets its timestamp before it becomes visible by the commit. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final PriceHistory history;

    @Inject
    public PriceChangeSource(PriceHistory history) {
        this.history = history;
    }

    @Override
    public Instant position(Instant now) {
        try {
            return history.lastChange().toInstant(ZoneOffset.UTC);
        } catch (SQLException e) {
            throw new IllegalStateException("prices could not be read", e);
        }
    }

    @Override
    public Set<StoredPrice> recent(Instant since) {
        try {
            return new LinkedHashSet<>(
                    history.changed(LocalDateTime.ofInstant(since.minus(OVERLAP), ZoneOffset.UTC), LIMIT));
        } catch (SQLException e) {
            throw new IllegalStateException("prices could not be read", e);
        }
    }

    @Override
    public List<Event> describe(List<StoredPrice> changes) {
        return changes.stream().map(price -> Event.toAll(price.message())).toList();
    }
}
