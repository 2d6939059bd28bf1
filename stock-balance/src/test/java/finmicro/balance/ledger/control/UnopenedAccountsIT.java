package finmicro.balance.ledger.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.entity.EntryKind;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;

/** Accounts that were never opened, on a real database. */
class UnopenedAccountsIT {

    @Test
    void accountIsReportedFiveMinutesAfterItsFirstEntryUntilItIsOpened() throws Exception {
        try (TestLedger ledger = new TestLedger("unopened-it")) {
            ledger.empty();
            Booking opening =
                    new Booking("opening-bob", "bob", EntryKind.OPENING, null, 100, null, false, Context.root());
            ledger.book(
                    settlement("alice", buy(1, 1, 100, 110)),
                    settlement("bob", buy(2, 1, 100, 110)),
                    settlement("carol", buy(3, 1, 100, 110)));
            ledger.book(opening);
            ledger.run("UPDATE ledger_accounts SET created_at = UTC_TIMESTAMP(3) - INTERVAL 299 SECOND"
                    + " WHERE account = 'carol'");
            ledger.run("INSERT INTO ledger_accounts (account, created_at, changed_at, update_time)"
                    + " VALUES ('unused', '2020-01-01', '2020-01-01', '')");
            UnopenedAccounts unopened = new UnopenedAccounts(ledger.queries(), OpenTelemetry.noop());

            assertThat(ledger.inTransaction(() -> ledger.queries().unopened(UnopenedAccounts.GRACE, 9)))
                    .containsExactly("alice");
            assertThat(ledger.inTransaction(unopened::look)).isEqualTo(1);
        }
    }
}
