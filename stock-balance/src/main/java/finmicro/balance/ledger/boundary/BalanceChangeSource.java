package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.BalanceQueries;
import finmicro.common.events.ChangeSource;
import finmicro.common.events.Event;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts that were booked on lately, whichever task did it. A task's clock may be behind, and a booking is seen only once
 * it is committed: so each look goes back some seconds further than the last. Old programs change main without a booking, so
 * main is read each time.
 */
@ApplicationScoped
public class BalanceChangeSource implements ChangeSource<BalanceChangeSource.Standing> {

    /**
     * Where an account stands.
     *
     * @param sequence of its last entry; 0 for main
     * @param main the balances of main; null for any other account
     */
    public record Standing(String account, long sequence, Balances main) {}

    /** Longer than a transaction can take. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final int AT_ONCE = 500;

    private final BalanceQueries queries;

    @Inject
    public BalanceChangeSource(BalanceQueries queries) {
        this.queries = queries;
    }

    @Override
    public Set<Standing> recent(Instant since) {
        Set<Standing> standings = new LinkedHashSet<>();
        queries.changed(since.minus(OVERLAP), LIMIT)
                .forEach((account, sequence) -> standings.add(new Standing(account, sequence, null)));
        standings.add(new Standing(Account.MAIN, 0, Balances.of(queries.books(Account.MAIN))));
        return standings;
    }

    @Override
    public List<Event> describe(List<Standing> news) {
        List<Event> events = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Standing standing : news) {
            if (standing.main() == null) {
                others.add(standing.account());
            } else {
                events.add(Event.of(standing.account(), standing.main()));
            }
        }
        for (int from = 0; from < others.size(); from += AT_ONCE) {
            queries.books(others.subList(from, Math.min(others.size(), from + AT_ONCE)))
                    .forEach((account, books) -> events.add(Event.of(account, Balances.of(books))));
        }
        return events;
    }
}
