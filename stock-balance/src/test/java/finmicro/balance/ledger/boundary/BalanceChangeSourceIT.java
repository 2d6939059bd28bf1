package finmicro.balance.ledger.boundary;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.control.TestLedger;
import finmicro.common.events.Event;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the stream of balances sees, on a real database. */
class BalanceChangeSourceIT {

    @Test
    void accountsThatWereBookedOnAreSeenAndMainAlsoIfAnOldProgramChangedIt() throws Exception {
        try (TestLedger ledger = new TestLedger("watch-it")) {
            ledger.empty();
            ledger.book(settlement("alice", buy(1, 1, 100, 110)), settlement("bob", buy(2, 1, 100, 110)));
            Set<BalanceChangeSource.Standing> before = recent(ledger);
            ledger.book(settlement("bob", buy(3, 1, 100, 110)));
            ledger.run("UPDATE cash_balances SET cash_value = 5");

            List<BalanceChangeSource.Standing> news =
                    recent(ledger).stream().filter(one -> !before.contains(one)).toList();
            List<Event> events = ledger.inTransaction(() -> new BalanceChangeSource(ledger.queries()).describe(news));

            assertThat(events).extracting(Event::account).containsExactlyInAnyOrder("bob", "main");
            assertThat(events)
                    .extracting(event -> ((Balances) event.data()).cashValue())
                    .containsExactlyInAnyOrder(-220L, 5L);
        }
    }

    private static Set<BalanceChangeSource.Standing> recent(TestLedger ledger) throws Exception {
        return ledger.inTransaction(() -> new BalanceChangeSource(ledger.queries()).recent(TestLedger.NOW));
    }
}
