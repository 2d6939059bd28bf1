package finmicro.trade.ledger.control;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.embedded.Injection;
import finmicro.trade.TradeDatabase;
import finmicro.trade.reconciliation.control.Journal;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import finmicro.trade.reconciliation.control.ReconciliationRun.LedgerState;
import finmicro.trade.reconciliation.control.ReconciliationRun.Result;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares the journal with the ledger in both directions. */
class LedgerReconciliationIT extends LedgerDatabase {

    private static final String ALICE = "alice";
    private static final Duration OLD_ENOUGH = Duration.ofMinutes(6);

    private final DifferenceReport report = new DifferenceReport(OpenTelemetry.noop());

    /** main is taken over, and alice is opened and has an external booking. The ledger has all of these entries. */
    @BeforeEach
    void book() throws Exception {
        balance.ledger().external("main", null, null, 1_000, 0);
        balance.ledger().external(ALICE, FIRST, "A002", -AMOUNT, 10);
        rounds(task(), 3);
        open(ALICE);
        assertThat(TradeDatabase.journal(ALICE))
                .isEqualTo("1 opening-alice 10000000 yen; 2 trade-%d -24300 yen 10 A002".formatted(FIRST));
    }

    private void open(String account) {
        balance.ledger().opening(account, 10_000_000);
    }

    private Result run() {
        return run(OLD_ENOUGH);
    }

    private Result run(Duration later) {
        ReconciliationRun run = task().reconciliation(later, report);
        TradeDatabase.UNIT.afterQuery(() -> {});
        return run.run("");
    }

    private static void sent() throws SQLException {
        TradeDatabase.sql("UPDATE outbox SET state = 'S'");
    }

    @Test
    void matchingEntriesAreComparedOnce() throws Exception {
        sent();

        Result first = run();

        assertThat(first.between()).isEmpty();
        assertThat(first.trade()).isEmpty();
        assertThat(first.state()).isEqualTo(LedgerState.COMPARED);
        // The snapshot of main, and two effects and two entries of alice. The entry of main is older than its
        // take-over.
        assertThat(first.compared()).isEqualTo(6);
        assertThat(run().compared()).isZero();
        assertThat(first.accounts()).isEqualTo(2);
        assertThat(first.ledger().accounts()).isEqualTo(1);
    }

    @Test
    void recentEffectsAreNotComparedYet() throws Exception {
        balance.ledger().lose("opening-alice");
        balance.ledger().lose("trade-" + FIRST);
        sent();

        assertThat(run(Duration.ofMinutes(4)).between()).isEmpty();
        assertThat(run().between()).hasSize(2);
    }

    @Test
    void entryThatIsMissingInTheLedgerIsADifferenceUntilItIsBooked() throws Exception {
        balance.ledger().lose("opening-alice");
        sent();

        for (int i = 0; i < 2; i++) {
            assertThat(run().between()).containsExactly(new Difference(ALICE, "opening-alice cash", null, 10_000_000L));
            assertThat(report.count()).isEqualTo(1);
        }
        open(ALICE);

        assertThat(run().between()).isEmpty();
        assertThat(report.count()).isZero();
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM reconciliation_differences"))
                .isEqualTo("0");
    }

    @Test
    void entryOfAWaitingMessageIsNoDifferenceAndThatOfAParkedOneIs() throws Exception {
        balance.ledger().lose("opening-alice");

        assertThat(run().between()).isEmpty();
        TradeDatabase.sql("UPDATE outbox SET state = 'P'");

        assertThat(run().between()).hasSize(1);
    }

    @Test
    void settlementOfAWaitingMessageIsNoDifference() throws Exception {
        sent();
        balance.ledger().lose("trade-" + FIRST);
        TradeDatabase.sql("INSERT INTO outbox (message_id, destination, body, state, next_attempt_at, created_at)"
                + " SELECT 'settle-" + FIRST + "', destination, body, 'W', next_attempt_at, created_at FROM outbox"
                + " WHERE message_id = 'settle-opening-alice'");

        assertThat(run().between()).isEmpty();
        sent();

        assertThat(run().between()).hasSize(1);
    }

    @Test
    void messageThatIsRetriedForALongTimeDelaysNoOtherEffect() throws Exception {
        balance.ledger().lose("opening-alice");
        run();
        balance.ledger().corrupt("trade-" + FIRST, -1);

        // Only the opening is compared again.
        assertThat(run().compared()).isEqualTo(1);
        sent();
        assertThat(run().between()).hasSize(1);
    }

    @Test
    void differenceThatAnotherTaskFoundFixedIsRemoved() throws Exception {
        DifferenceReport others = new DifferenceReport(OpenTelemetry.noop());
        balance.ledger().lose("opening-alice");
        sent();
        run();
        task().reconciliation(OLD_ENOUGH, others).run("");
        assertThat(others.count()).isEqualTo(1);
        open(ALICE);
        run();

        assertThat(task().reconciliation(OLD_ENOUGH, others).run("").between()).isEmpty();

        assertThat(others.count()).isZero();
    }

    @Test
    void effectThatDoesNotMatchIsRetainedUntilItDoes() throws Exception {
        balance.ledger().lose("opening-alice");
        sent();
        run();
        Clock later = Clock.offset(Clock.systemUTC(), Journal.RETENTION.plusMinutes(1));
        Journal journal = Injection.into(new Journal(later), TradeDatabase.UNIT.entityManager());

        TradeDatabase.UNIT.inTransaction(journal::purge);

        assertThat(TradeDatabase.journal(ALICE)).contains("opening-alice");
        open(ALICE);
        run();
        TradeDatabase.UNIT.inTransaction(journal::purge);
        assertThat(TradeDatabase.journal(ALICE)).isEmpty();
    }

    @Test
    void differentAmountIsADifference() throws Exception {
        sent();
        balance.ledger().corrupt("trade-" + FIRST, -1);

        assertThat(run().between()).containsExactly(new Difference(ALICE, "trade-" + FIRST + " cash", -1L, -AMOUNT));
    }

    @Test
    void effectThatIsMissingHereIsADifferenceInBothChecks() throws Exception {
        sent();
        TradeDatabase.sql("DELETE FROM account_effects WHERE effect_key = 'trade-" + FIRST + "'");

        Result result = run();

        assertThat(result.between()).containsExactly(new Difference(ALICE, "trade-" + FIRST + " cash", -AMOUNT, null));
        assertThat(result.trade())
                .containsExactly(
                        new Difference(ALICE, "sequence", 1L, 2L),
                        new Difference(ALICE, "cash", 10_000_000L, 10_000_000 - AMOUNT),
                        new Difference(ALICE, "shares A002", 0L, 10L));
    }

    @Test
    void externalBookingThatIsNotReadYetIsNoDifference() throws Exception {
        sent();
        balance.ledger().external("main", null, null, 77, 0);
        assertThat(run().between()).isEmpty();

        rounds(task(), 2);

        assertThat(run().between()).isEmpty();
        assertThat(run().compared()).isZero();
        assertThat(TradeDatabase.journal("main")).endsWith("77 yen");
    }

    @Test
    void nothingIsComparedWithAnOldOrUnavailableLedger() throws Exception {
        sent();
        balance.ledger().lose("opening-alice");
        balance.old();

        Result result = run();

        assertThat(result.state()).isEqualTo(LedgerState.UNSUPPORTED);
        assertThat(result.compared()).isZero();
        assertThat(result.between()).isEmpty();
        assertThat(result.accounts()).isEqualTo(2);
        assertThat(task().reconciliation(OLD_ENOUGH, report).slice("")).isEmpty();
        balance.answering(request -> 503);
        assertThat(run().state()).isEqualTo(LedgerState.AWAY);
        balance.answering(request -> LedgerStub.HANDLE);
        assertThat(run().between()).hasSize(1);
    }

    @Test
    void mainThatIsTakenOverAgainIsComparedFromThenOn() throws Exception {
        sent();
        balance.ledger().external("main", null, null, 77, 0);
        rounds(task(), 2);
        TradeDatabase.sql("UPDATE account_effects SET cash = 78 WHERE cash = 77");
        task().reader(false).run(RoundWorkerContext.rounds(1));

        rounds(task(), 2);

        assertThat(run().between()).isEmpty();
        assertThat(run().trade()).isEmpty();
    }

    @Test
    void manyEntriesAreComparedInPages() throws Exception {
        sent();
        for (int i = 1; i <= 1_200; i++) {
            balance.ledger().external(ALICE, FIRST + i, "A002", -1, 1);
        }
        rounds(task(), 4);
        balance.ledger().corrupt("trade-" + (FIRST + 1_100), -2);

        Result result = run();

        assertThat(result.between())
                .isEqualTo(List.of(new Difference(ALICE, "trade-" + (FIRST + 1_100) + " cash", -2L, -1L)));
        // Only the difference is compared again.
        assertThat(run().compared()).isEqualTo(1);
    }
}
