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
 * Finds accounts that any task booked on recently. A task's clock may be behind, and a booking is visible only after its
 * commit. So each poll overlaps the previous one by some seconds. Old programs change main without a booking, so every poll
 * reads main.
 */
@ApplicationScoped
public class BalanceChangeSource implements ChangeSource<BalanceChangeSource.AccountState> {

    /**
     * The state of an account after a change.
     *
     * @param sequence sequence number of its last entry; 0 for main
     * @param main the balances of main; null for other accounts
     */
    public record AccountState(String account, long sequence, Balances main) {}

    /** Exceeds the transaction timeout. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final int BATCH_SIZE = 500;

    private final BalanceQueries queries;

    @Inject
    public BalanceChangeSource(BalanceQueries queries) {
        this.queries = queries;
    }

    @Override
    public Set<AccountState> recent(Instant since) {
        Set<AccountState> states = new LinkedHashSet<>();
        queries.changed(since.minus(OVERLAP), LIMIT)
                .forEach((account, sequence) -> states.add(new AccountState(account, sequence, null)));
        states.add(new AccountState(Account.MAIN, 0, Balances.of(queries.balance(Account.MAIN))));
        return states;
    }

    @Override
    public List<Event> describe(List<AccountState> changes) {
        List<Event> events = new ArrayList<>();
        List<String> accounts = new ArrayList<>();
        for (AccountState state : changes) {
            if (state.main() == null) {
                accounts.add(state.account());
            } else {
                events.add(Event.of(state.account(), state.main()));
            }
        }
        for (int from = 0; from < accounts.size(); from += BATCH_SIZE) {
            queries.balances(accounts.subList(from, Math.min(accounts.size(), from + BATCH_SIZE)))
                    .forEach((account, balance) -> events.add(Event.of(account, Balances.of(balance))));
        }
        return events;
    }
}
