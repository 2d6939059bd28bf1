package finmicro.balance.ledger.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.entity.EntryKind;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Reports unopened accounts on a real database. */
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
            assertThat(ledger.inTransaction(unopened::check)).isEqualTo(1);
        }
    }

    @Test
    void checkReadsOnlyTheIndexOfUnopenedAccounts() throws Exception {
        try (TestLedger ledger = new TestLedger("unopened-it")) {
            ledger.empty();
            ledger.run("INSERT INTO ledger_accounts (account, opened, created_at, changed_at, update_time)"
                    + " WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
                    + " SELECT CONCAT('a', i), i > 3, '2020-01-01', '2020-01-01', '' FROM n");
            ledger.run("ANALYZE TABLE ledger_accounts");

            assertThat(plan(ledger, BalanceQueries.UNOPENED.replace("?1", "300")))
                    .matches("range ledger_accounts_unopened [1-9]");
        }
    }

    /** Returns access type, index and estimated number of rows. */
    private static String plan(TestLedger ledger, String query) throws SQLException {
        try (Connection connection = ledger.connection();
                Statement sql = connection.createStatement();
                ResultSet plan = sql.executeQuery("EXPLAIN FORMAT=TRADITIONAL " + query)) {
            plan.next();
            return plan.getString("type") + " " + plan.getString("key") + " " + plan.getString("rows");
        }
    }
}
