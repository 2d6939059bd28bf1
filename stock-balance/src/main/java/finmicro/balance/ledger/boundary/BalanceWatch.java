package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.control.Ledger;
import finmicro.common.events.Event;
import finmicro.common.events.Watch;
import finmicro.common.trading.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The buying power there is: told whenever it is another. */
@ApplicationScoped
public class BalanceWatch implements Watch<BuyingPower> {

    private final Ledger ledger;

    @Inject
    public BalanceWatch(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    @Transactional
    public Set<BuyingPower> recent(Instant since) {
        return Set.of(BuyingPower.of(ledger.books()));
    }

    @Override
    public List<Event> describe(List<BuyingPower> news) {
        return news.stream().map(now -> Event.of(Account.MAIN, now)).toList();
    }
}
