package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.access.AccountScope;
import finmicro.common.problem.ProblemException;
import finmicro.common.trading.TradeType;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effects of sequential orders on their account. */
class AccountOrdersIT {

    private static final long CASH = 100_000;

    private final TestTask task = new TestTask(Map.of());

    @BeforeEach
    void open() throws SQLException {
        Orders.clean();
        task.create("alice", CASH);
    }

    @AfterEach
    void clean() throws SQLException {
        Orders.clean();
    }

    @Test
    void buyReservesItsCostUntilItFills() throws Exception {
        Trade trade = task.place(Orders.buy("alice"));
        assertThat(Orders.state("alice")).isEqualTo("100000 24300 0 0");

        task.record(Orders.fill(trade.tradeNo(), TradeType.BUY));

        assertThat(Orders.state("alice")).isEqualTo("75700 0 10 0");
        assertThat(effect(trade)).isEqualTo("1 A");
        assertThat(TradeDatabase.value("SELECT body FROM outbox WHERE message_id = 'settle-" + trade.tradeNo() + "'"))
                .contains("\"account\":\"alice\"");
    }

    @Test
    void sellReservesItsSharesUntilItFills() throws Exception {
        Orders.position("alice", 10);
        Trade trade = task.place(Orders.sell("alice"));
        assertThat(Orders.state("alice")).isEqualTo("100000 0 10 10");
        assertThat(problem(Orders.sell("alice"))).isEqualTo("insufficient-holdings");

        task.record(Orders.fill(trade.tradeNo(), TradeType.SELL));

        assertThat(Orders.state("alice")).isEqualTo("122100 0 0 0");
    }

    @Test
    void noMatchAndCancelReleaseTheReservation() throws Exception {
        Trade failed = task.place(Orders.buy("alice"));
        Trade cancelled = task.place(Orders.buy("alice"));
        assertThat(Orders.state("alice")).isEqualTo("100000 48600 0 0");

        task.record(Orders.noMatch(failed.tradeNo()));
        task.cancel(cancelled.tradeNo(), AccountScope.of("alice"));
        task.record(Orders.fill(cancelled.tradeNo(), TradeType.BUY));

        assertThat(Orders.state("alice")).isEqualTo("100000 0 0 0");
        assertThat(effect(failed)).isEqualTo("2 A");
        assertThat(effect(cancelled)).isEqualTo("9 A");
    }

    @Test
    void journalContainsEachChangeOfCashOrSharesOnce() throws Exception {
        Trade bought = task.place(Orders.buy("alice"));
        Trade failed = task.place(Orders.buy("alice"));
        Trade cancelled = task.place(Orders.buy("alice"));
        assertThat(TradeDatabase.journal("alice")).isEqualTo("1 opening-alice 100000 yen");

        task.record(Orders.fill(bought.tradeNo(), TradeType.BUY));
        task.record(Orders.fill(bought.tradeNo(), TradeType.BUY));
        task.record(Orders.noMatch(failed.tradeNo()));
        task.cancel(cancelled.tradeNo(), AccountScope.of("alice"));
        task.record(Orders.fill(cancelled.tradeNo(), TradeType.BUY));
        Trade sold = task.place(Orders.sell("alice"));
        task.record(Orders.fill(sold.tradeNo(), TradeType.SELL));

        assertThat(TradeDatabase.journal("alice"))
                .isEqualTo("1 opening-alice 100000 yen; 2 trade-%d -24300 yen 10 A002; 3 trade-%d 22100 yen -10 A002"
                        .formatted(bought.tradeNo(), sold.tradeNo()));
        assertThat(TradeDatabase.value("SELECT last_sequence FROM accounts WHERE account = 'alice'"))
                .isEqualTo("3");
    }

    @Test
    void journalContainsTheOpeningByTheFirstOrder() throws Exception {
        task.place(Orders.buy("bob"));

        assertThat(TradeDatabase.journal("bob")).isEqualTo("1 opening-bob 10000000 yen");
        assertThat(Orders.state("bob")).isEqualTo("10000000 24300 0 0");
    }

    @Test
    void orderWithoutSufficientBuyingPowerStoresNothing() throws Exception {
        task.create("bob", Orders.COST - 1);

        assertThatThrownBy(() -> task.place(Orders.buy("bob", "k")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().required()).isEqualTo(Orders.COST);
                    assertThat(e.problem().available()).isEqualTo(Orders.COST - 1);
                });

        assertThat(Orders.state("bob")).isEqualTo("24299 0 0 0");
        assertThat(TradeDatabase.value(
                        "SELECT (SELECT COUNT(*) FROM idempotency_keys) + (SELECT COUNT(*) FROM outbox)"))
                .isEqualTo("0");
    }

    @Test
    void orderOfAnotherAccountCannotBeCancelled() throws Exception {
        Trade trade = task.place(Orders.buy("alice"));

        assertThatThrownBy(() -> task.cancel(trade.tradeNo(), AccountScope.of("bob")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(404));

        assertThat(effect(trade)).isEqualTo("0 R");
        task.cancel(trade.tradeNo(), AccountScope.ALL);
        assertThat(effect(trade)).isEqualTo("9 A");
    }

    @ParameterizedTest
    @CsvSource({"SUSPENDED, account-suspended", "CLOSED, account-closed"})
    void inactiveAccountRejectsOrdersButBooksFills(String status, String problem) throws Exception {
        Trade trade = task.place(Orders.buy("alice"));
        TradeDatabase.sql("UPDATE accounts SET status = '" + status + "'");

        assertThat(problem(Orders.buy("alice"))).isEqualTo(problem);

        task.record(Orders.fill(trade.tradeNo(), TradeType.BUY));
        assertThat(Orders.state("alice")).isEqualTo("75700 0 10 0");
    }

    @Test
    void firstOrderOpensItsAccountHereAndInTheLedger() throws Exception {
        task.place(Orders.buy("carol"));
        task.place(Orders.buy("carol"));

        assertThat(Orders.state("carol")).isEqualTo("10000000 48600 0 0");
        assertThat(TradeDatabase.value(
                        "SELECT GROUP_CONCAT(body) FROM outbox WHERE message_id LIKE 'settle-opening-%'"))
                .contains("\"key\":\"opening-carol\"", "\"amount\":10000000");
    }

    @Test
    void unknownAccountIsRejectedIfOnlyOperatorsOpenAccounts() {
        TestTask manual = new TestTask(Map.of("ACCOUNT_OPENING", "manual"));

        assertThatThrownBy(() -> manual.place(Orders.buy("carol")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().word()).isEqualTo("unknown-account"));
    }

    @Test
    void orderOfMainIsRejectedUntilItIsTakenOver() {
        assertThat(problem(Orders.buy("main"))).isEqualTo("unavailable");
    }

    @Test
    void idempotencyKeyIsScopedToItsAccount() throws Exception {
        task.create("bob", CASH);
        Trade first = task.place(Orders.buy("alice", "k"));

        assertThat(task.place(Orders.buy("alice", "k")).tradeNo()).isEqualTo(first.tradeNo());
        assertThat(task.place(Orders.buy("bob", "k")).tradeNo()).isNotEqualTo(first.tradeNo());

        assertThat(Orders.state("alice")).isEqualTo("100000 24300 0 0");
        assertThat(Orders.state("bob")).isEqualTo("100000 24300 0 0");
    }

    @Test
    void withoutTheCheckAccountsAreNotReadOrWritten() throws Exception {
        TestTask unchecked = new TestTask(Map.of("BUYING_POWER", "off"));
        TradeDatabase.sql("UPDATE accounts SET account = 'main', cash = 0");

        Trade filled = unchecked.place(Orders.buy("main"));
        Trade keyed = unchecked.place(Orders.buy("main", "k"));
        assertThat(unchecked.place(Orders.buy("main", "k")).tradeNo()).isEqualTo(keyed.tradeNo());
        unchecked.record(Orders.fill(filled.tradeNo(), TradeType.BUY));
        unchecked.cancel(keyed.tradeNo(), AccountScope.ALL);
        unchecked.sweep();

        assertThat(Orders.state("main")).isEqualTo("0 0 0 0");
        assertThat(effect(filled)).isEqualTo("1 N");
        assertThat(effect(keyed)).isEqualTo("9 N");
        assertThatThrownBy(() -> unchecked.place(Orders.buy("alice")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().word()).isEqualTo("unknown-account"));
    }

    private String problem(NumberedOrder order) {
        try {
            task.place(order);
            return "accepted";
        } catch (ProblemException e) {
            return e.problem().word();
        }
    }

    private static String effect(Trade trade) throws SQLException {
        return TradeDatabase.value(
                "SELECT CONCAT(trade_status, ' ', account_effect) FROM trades WHERE trade_no = " + trade.tradeNo());
    }
}
