package finmicro.balance.ledger.boundary;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.control.TestLedger;
import finmicro.common.events.Event;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Detects changed balances on a real database. */
class BalanceChangeSourceIT {

    @Test
    void bookedAccountsAreDetectedAndMainAlsoIfAnOldProgramChangedIt() throws Exception {
        try (TestLedger ledger = new TestLedger("balance-change-source-it")) {
            ledger.empty();
            ledger.book(settlement("alice", buy(1, 1, 100, 110)), settlement("bob", buy(2, 1, 100, 110)));
            Set<BalanceChangeSource.AccountState> before = recent(ledger);
            ledger.book(settlement("bob", buy(3, 1, 100, 110)));
            ledger.run("UPDATE cash_balances SET cash_value = 5");

            List<BalanceChangeSource.AccountState> changes = recent(ledger).stream()
                    .filter(state -> !before.contains(state))
                    .toList();
            List<Event> events =
                    ledger.inTransaction(() -> new BalanceChangeSource(ledger.queries()).describe(changes));

            assertThat(events).extracting(Event::account).containsExactlyInAnyOrder("bob", "main");
            assertThat(events)
                    .extracting(event -> ((Balances) event.data()).cashValue())
                    .containsExactlyInAnyOrder(-220L, 5L);
        }
    }

    private static Set<BalanceChangeSource.AccountState> recent(TestLedger ledger) throws Exception {
        return ledger.inTransaction(() -> new BalanceChangeSource(ledger.queries()).recent(TestLedger.NOW));
    }
}
