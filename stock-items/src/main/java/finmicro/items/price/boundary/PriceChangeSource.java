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
 * The prices that were stored or changed, whichever task did it, of whatever day. Its position is the last change that the
 * database knows, not a clock: what is read may be a replica that is behind, however far.
 */
@ApplicationScoped
public class PriceChangeSource implements ChangeSource<StoredPrice> {

    /** Longer than a transaction can take: a change gets its time when it is made, and is seen when it is committed. */
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
            throw new IllegalStateException("prices not read", e);
        }
    }

    @Override
    public Set<StoredPrice> recent(Instant since) {
        try {
            return new LinkedHashSet<>(
                    history.changed(LocalDateTime.ofInstant(since.minus(OVERLAP), ZoneOffset.UTC), LIMIT));
        } catch (SQLException e) {
            throw new IllegalStateException("prices not read", e);
        }
    }

    @Override
    public List<Event> describe(List<StoredPrice> news) {
        return news.stream().map(price -> Event.toAll(price.message())).toList();
    }
}
