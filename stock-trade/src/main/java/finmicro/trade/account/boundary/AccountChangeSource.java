package finmicro.trade.account.boundary;

import finmicro.common.events.ChangeSource;
import finmicro.common.events.Event;
import finmicro.trade.account.control.AccountQueries;
import finmicro.trade.account.control.AccountQueries.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Recently changed accounts, of all tasks. Each read overlaps the previous one by {@link #OVERLAP}, because a change becomes visible
 * only at its commit, and because the clocks of tasks differ.
 */
@ApplicationScoped
public class AccountChangeSource implements ChangeSource<Change> {

    /** Longer than the longest transaction. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final int BATCH_SIZE = 500;

    private final AccountQueries queries;

    @Inject
    public AccountChangeSource(AccountQueries queries) {
        this.queries = queries;
    }

    @Override
    public Set<Change> recent(Instant since) {
        return new LinkedHashSet<>(queries.changedSince(since.minus(OVERLAP), LIMIT));
    }

    @Override
    public List<Event> describe(List<Change> news) {
        List<String> accounts = news.stream().map(Change::account).distinct().toList();
        List<Event> events = new ArrayList<>();
        for (int from = 0; from < accounts.size(); from += BATCH_SIZE) {
            queries.find(accounts.subList(from, Math.min(accounts.size(), from + BATCH_SIZE)))
                    .forEach(holdings -> events.add(Event.of(holdings.account().account(), AccountView.of(holdings))));
        }
        return events;
    }
}
