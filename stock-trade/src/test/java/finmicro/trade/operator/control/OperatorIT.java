package finmicro.trade.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import finmicro.common.access.AccountScope;
import finmicro.common.json.StrictJson;
import finmicro.common.problem.ProblemException;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.embedded.Injection;
import finmicro.trade.TestConfig;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.account.control.Openings;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.CashEntry.Kind;
import finmicro.trade.account.entity.TradingAccount;
import finmicro.trade.operator.entity.CashMovement;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.control.TransactionEnds;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorIT {

    private static final long FIRST = 800_001;
    private static final OrderRequest ORDER = new OrderRequest(
            LocalDate.of(2020, 6, 7),
            LocalTime.of(11, 25),
            "A002",
            TradeType.BUY,
            OrderType.LIMIT,
            BigDecimal.valueOf(2_320),
            10,
            null);
    /** Yen that the order reserves. */
    private static final long RESERVED = 24_300;

    private final TestTask task = new TestTask(Map.of());

    @BeforeEach
    @AfterEach
    void clean() throws SQLException {
        TradeDatabase.UNIT.afterQuery(() -> {});
        TradeDatabase.sql(
                "DELETE FROM outbox",
                "DELETE FROM positions",
                "DELETE FROM accounts",
                "DELETE FROM account_effects",
                "DELETE FROM account_checkpoints",
                "DELETE FROM cash_movements",
                "DELETE FROM trades WHERE trade_no >= " + FIRST);
    }

    /** The beans of one task, with each call in a transaction. */
    private final class Desks {

        private final CashDesk cash;
        private final AccountDesk accounts;

        Desks(Map<String, String> variables) {
            Outbox outbox = new TransactionEnds().outbox(TradeDatabase.DATA_SOURCE);
            StrictJson json = new StrictJson(null);
            Openings openings = new Openings(
                    task.accounts(), outbox, json, TestConfig.of(variables).accounts());
            cash = new CashDesk(
                    task.accounts(), openings, injected(new CashMovements()), outbox, json, Clock.systemUTC());
            accounts = injected(new AccountDesk(task.accounts(), openings, Clock.systemUTC()));
        }

        CashMovement book(String account, String key, Kind kind, long amount) {
            return task.transaction(() -> cash.book(account, key, kind, amount, "ATM"));
        }

        AccountDesk.Opened open(String account) {
            return task.transaction(() -> accounts.open(account));
        }

        TradingAccount changeStatus(String account, AccountStatus status) {
            return task.transaction(() -> accounts.changeStatus(account, status));
        }
    }

    private static <T> T injected(T bean) {
        return Injection.into(bean, TradeDatabase.UNIT.entityManager());
    }

    private Desks desks() {
        return new Desks(Map.of());
    }

    private static String problem(Callable<?> call) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, call::call);
        return thrown.problem().word();
    }

    private static String cash(String account) throws SQLException {
        return TradeDatabase.value(
                "SELECT CONCAT(cash, ' ', reserved_cash) FROM accounts WHERE account = '" + account + "'");
    }

    private static String messages() throws SQLException {
        return TradeDatabase.value("SELECT GROUP_CONCAT(message_id ORDER BY id) FROM outbox");
    }

    private long place(String account, long tradeNo) {
        return task.place(new NumberedOrder(tradeNo, account, ORDER, null, Context.root()))
                .tradeNo();
    }

    @Test
    void movementIsBookedOncePerKeyAndSentToTheLedger() throws Exception {
        task.create("alice", 1_000);

        CashMovement first = desks().book("alice", "k", Kind.WITHDRAWAL, 300);

        assertThat(desks().book("alice", "k", Kind.WITHDRAWAL, 300)).isEqualTo(first);
        assertThat(cash("alice")).isEqualTo("700 0");
        assertThat(TradeDatabase.journal("alice"))
                .isEqualTo("1 opening-alice 1000 yen; 2 cash-%d -300 yen".formatted(first.movementNo()));
        assertThat(messages()).isEqualTo("settle-cash-" + first.movementNo());
        assertThat(TradeDatabase.value("SELECT body FROM outbox"))
                .isEqualTo(
                        "{\"key\":\"cash-%d\",\"account\":\"alice\",\"kind\":\"WITHDRAWAL\",\"amount\":300,\"reference\":\"ATM\"}"
                                .formatted(first.movementNo()));
    }

    @Test
    void reusedKeyIsRejectedOnlyWithinTheAccount() throws Exception {
        task.create("alice", 1_000);
        task.create("bob", 1_000);
        desks().book("alice", "k", Kind.DEPOSIT, 300);

        assertThat(problem(() -> desks().book("alice", "k", Kind.DEPOSIT, 301))).isEqualTo("idempotency-key-reused");
        assertThat(problem(() -> desks().book("alice", "k", Kind.WITHDRAWAL, 300)))
                .isEqualTo("idempotency-key-reused");
        desks().book("bob", "k", Kind.DEPOSIT, 1);
        desks().book("bob", "K", Kind.DEPOSIT, 2);

        assertThat(cash("alice")).isEqualTo("1300 0");
        assertThat(cash("bob")).isEqualTo("1003 0");
    }

    @Test
    void withdrawalCannotUseReservedCash() throws Exception {
        task.create("alice", RESERVED + 100);
        place("alice", FIRST);

        assertThat(problem(() -> desks().book("alice", "a", Kind.WITHDRAWAL, 101)))
                .isEqualTo("insufficient-funds");
        desks().book("alice", "a", Kind.WITHDRAWAL, 100);

        assertThat(cash("alice")).isEqualTo(RESERVED + " " + RESERVED);
    }

    @Test
    void concurrentWithdrawalsAndOrdersNeverOverspend() throws Exception {
        for (int round = 0; round < 10; round++) {
            String account = "race" + round;
            task.create(account, RESERVED);
            long tradeNo = FIRST + round;
            Callable<?> withdrawal = () -> desks().book(account, "a", Kind.WITHDRAWAL, RESERVED);
            Callable<?> other = round % 2 == 0
                    ? () -> place(account, tradeNo)
                    : () -> desks().book(account, "b", Kind.WITHDRAWAL, 1);

            assertThat(concurrently(withdrawal, other)).containsExactlyInAnyOrder("done", "insufficient-funds");

            assertThat(TradeDatabase.value(
                            "SELECT cash - reserved_cash >= 0 FROM accounts WHERE account = '" + account + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void concurrentDuplicateOfAMovementIsBookedOnce() throws Exception {
        task.create("alice", 1_000);
        Callable<?> deposit = () -> desks().book("alice", "k", Kind.DEPOSIT, 5);

        assertThat(concurrently(deposit, deposit)).containsExactly("done", "done");

        assertThat(cash("alice")).isEqualTo("1005 0");
    }

    private static List<String> concurrently(Callable<?>... calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.length);
        ExecutorService threads = Executors.newFixedThreadPool(calls.length);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (Callable<?> call : calls) {
                results.add(threads.submit(() -> {
                    start.await();
                    try {
                        call.call();
                        return "done";
                    } catch (ProblemException e) {
                        return e.problem().word();
                    }
                }));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> result : results) {
                outcomes.add(result.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void firstMovementOpensItsAccountIfOpeningIsAutomatic() throws Exception {
        desks().book("carol", "k", Kind.DEPOSIT, 5);

        assertThat(cash("carol")).isEqualTo("10000005 0");
        assertThat(messages()).startsWith("settle-opening-carol,settle-cash-");
        Desks manual = new Desks(Map.of("ACCOUNT_OPENING", "manual"));
        assertThat(problem(() -> manual.book("dave", "k", Kind.DEPOSIT, 5))).isEqualTo("unknown-account");
        assertThat(problem(() -> desks().book("main", "k", Kind.DEPOSIT, 5))).isEqualTo("unavailable");
    }

    /** The task crashes after its n-th query, for each n, and the client retries the movement. */
    @Test
    void crashBetweenAnyTwoStatementsLeavesNoPartialBooking() throws Exception {
        task.create("alice", 1_000);
        int crashes = 0;
        for (boolean crashed = true; crashed; crashes++) {
            String key = "k" + crashes;
            int last = crashes + 1;
            AtomicInteger queries = new AtomicInteger();
            TradeDatabase.UNIT.afterQuery(() -> {
                if (queries.incrementAndGet() == last) {
                    throw new IllegalStateException("crash");
                }
            });
            try {
                desks().book("alice", key, Kind.DEPOSIT, 1);
                crashed = false;
            } catch (IllegalStateException e) {
                crashed = true;
            }
            TradeDatabase.UNIT.afterQuery(() -> {});
            desks().book("alice", key, Kind.DEPOSIT, 1);
            assertThat(cash("alice")).isEqualTo(1_001 + crashes + " 0");
            assertThat(TradeDatabase.value("SELECT COUNT(*) FROM outbox")).isEqualTo(String.valueOf(crashes + 1));
        }
        assertThat(crashes).isGreaterThan(2);
    }

    @Test
    void accountIsOpenedOnceWithTheConfiguredCash() throws Exception {
        Desks desks = new Desks(Map.of("OPENING_CASH", "77", "ACCOUNT_OPENING", "manual"));
        Callable<?> open = () -> desks.open("alice");

        assertThat(concurrently(open, open)).containsExactly("done", "done");

        assertThat(desks.open("alice").isNew()).isFalse();
        assertThat(desks.open("bob").isNew()).isTrue();
        assertThat(cash("alice")).isEqualTo("77 0");
        assertThat(messages()).isEqualTo("settle-opening-alice,settle-opening-bob");
        assertThat(problem(() -> desks.open("main"))).isEqualTo("unavailable");
    }

    @Test
    void operatorOpensAnAccountOfAnExternalBookingOnce() throws Exception {
        Desks desks = new Desks(Map.of("OPENING_CASH", "77", "ACCOUNT_OPENING", "manual"));
        for (String account : List.of("alice", "bob", "carol")) {
            task.transaction(() -> task.accounts().createUnopened(account));
        }
        TradeDatabase.sql("UPDATE accounts SET cash = -7 WHERE account = 'alice'");
        desks.changeStatus("bob", AccountStatus.CLOSED);
        desks.changeStatus("carol", AccountStatus.ACTIVE);
        Callable<?> open = () -> desks.open("alice");

        assertThat(concurrently(open, open)).containsExactly("done", "done");
        assertThat(desks.open("bob").isNew()).isFalse();
        assertThat(desks.open("carol").isNew()).isTrue();

        TradingAccount alice = desks.open("alice").account();
        assertThat(alice.status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(alice.openedAt()).isPresent();
        assertThat(cash("alice")).isEqualTo("70 0");
        assertThat(cash("bob")).isEqualTo("0 0");
        assertThat(TradeDatabase.value("SELECT GROUP_CONCAT(body ORDER BY id) FROM outbox"))
                .isEqualTo("{\"key\":\"opening-alice\",\"account\":\"alice\",\"kind\":\"OPENING\",\"amount\":77},"
                        + "{\"key\":\"opening-carol\",\"account\":\"carol\",\"kind\":\"OPENING\",\"amount\":77}");
    }

    @Test
    void suspendedAccountRejectsOrdersUntilItIsActive() {
        task.create("alice", RESERVED);
        desks().changeStatus("alice", AccountStatus.SUSPENDED);
        assertThat(problem(() -> place("alice", FIRST))).isEqualTo("account-suspended");

        desks().changeStatus("alice", AccountStatus.ACTIVE);

        assertThat(place("alice", FIRST)).isEqualTo(FIRST);
    }

    @Test
    void onlyAnEmptyAccountCanBeClosedAndClosedIsFinal() throws Exception {
        task.create("alice", RESERVED);
        place("alice", FIRST);
        assertThat(problem(() -> desks().changeStatus("alice", AccountStatus.CLOSED)))
                .isEqualTo("account-not-empty");
        task.cancel(FIRST, AccountScope.ALL);
        assertThat(problem(() -> desks().changeStatus("alice", AccountStatus.CLOSED)))
                .isEqualTo("account-not-empty");
        desks().book("alice", "k", Kind.WITHDRAWAL, RESERVED);
        TradeDatabase.sql("INSERT INTO positions (account, stock_code, quantity) VALUES ('alice', 'A002', 1)");
        assertThat(problem(() -> desks().changeStatus("alice", AccountStatus.CLOSED)))
                .isEqualTo("account-not-empty");
        TradeDatabase.sql("UPDATE positions SET quantity = 0");

        assertThat(desks().changeStatus("alice", AccountStatus.CLOSED).status()).isEqualTo(AccountStatus.CLOSED);

        assertThat(desks().changeStatus("alice", AccountStatus.CLOSED).status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(problem(() -> desks().changeStatus("alice", AccountStatus.ACTIVE)))
                .isEqualTo("account-closed");
        assertThat(problem(() -> desks().book("alice", "l", Kind.DEPOSIT, 1))).isEqualTo("account-closed");
        assertThat(problem(() -> place("alice", FIRST + 1))).isEqualTo("account-closed");
        assertThat(problem(() -> desks().changeStatus("unknown", AccountStatus.CLOSED)))
                .isEqualTo("not-found");
    }

    @Test
    void accountsAreListedByIdInPages() {
        List.of("b", "a", "B", "c").forEach(account -> task.create(account, 0));
        AccountDesk desk = desks().accounts;

        assertThat(task.transaction(() -> desk.list("", 3)))
                .extracting(TradingAccount::account)
                .containsExactly("B", "a", "b");
        assertThat(task.transaction(() -> desk.list("b", 3)))
                .extracting(TradingAccount::account)
                .containsExactly("c");
    }
}
