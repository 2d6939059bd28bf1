package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import finmicro.common.messaging.Received;
import finmicro.common.problem.ProblemException;
import finmicro.common.trading.TradeType;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Concurrent orders, on one task and on two. */
class AccountLocksIT {

    private static final int CLIENTS = 32;

    private final TestTask task = new TestTask(Map.of());
    private final TestTask other = new TestTask(Map.of());

    @BeforeEach
    @AfterEach
    void clean() throws SQLException {
        Orders.clean();
    }

    @Test
    void concurrentOrdersOfOneAccountOnTwoTasksNeverOverspend() throws Exception {
        task.create("alice", 10 * Orders.COST + 1);

        List<String> outcomes = Orders.concurrently(IntStream.range(0, CLIENTS)
                .mapToObj(i -> (Callable<String>) () -> outcome(i % 2 == 0 ? task : other, Orders.buy("alice")))
                .toList());

        assertThat(outcomes).filteredOn("accepted"::equals).hasSize(10);
        assertThat(outcomes).filteredOn("insufficient-funds"::equals).hasSize(CLIENTS - 10);
        assertThat(Orders.state("alice")).isEqualTo("243001 243000 0 0");
    }

    @Test
    void concurrentOrdersUnderOneKeyOnTwoTasksArePlacedOnce() throws Exception {
        task.create("alice", 1_000_000);

        List<Long> numbers = Orders.concurrently(IntStream.range(0, CLIENTS)
                .mapToObj(i -> (Callable<Long>) () -> (i % 2 == 0 ? task : other)
                        .place(Orders.buy("alice", "k"))
                        .tradeNo())
                .toList());

        assertThat(Set.copyOf(numbers)).hasSize(1);
        assertThat(Orders.state("alice")).isEqualTo("1000000 24300 0 0");
    }

    @Test
    void concurrentFirstOrdersOnTwoTasksOpenTheirAccountOnce() throws Exception {
        List<String> outcomes = Orders.concurrently(IntStream.range(0, CLIENTS)
                .mapToObj(i -> (Callable<String>) () -> outcome(i % 2 == 0 ? task : other, Orders.buy("carol")))
                .toList());

        assertThat(outcomes).containsOnly("accepted");
        assertThat(Orders.state("carol")).isEqualTo("10000000 " + CLIENTS * Orders.COST + " 0 0");
        assertThat(TradeDatabase.value("SELECT COUNT(*) FROM outbox WHERE message_id LIKE 'settle-opening-%'"))
                .isEqualTo("1");
    }

    /** While one account is locked for 3 seconds, 200 orders of other accounts are accepted and filled; its orders follow. */
    @Test
    void lockedAccountDoesNotDelayOthers() throws Exception {
        task.create("alice", 1_000_000);
        IntStream.range(0, 20).forEach(i -> task.create("other-" + i, 1_000_000));
        CountDownLatch release = new CountDownLatch(1);
        Locked alice = new Locked("alice", release);
        List<CompletableFuture<Trade>> waiting = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> task.place(Orders.buy("alice"))));
        }

        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String account = "other-" + i;
            tasks.add(() -> placeAndFill(account));
        }
        Orders.concurrently(tasks);

        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        for (int i = 0; i < 20; i++) {
            assertThat(Orders.state("other-" + i)).isEqualTo((1_000_000 - 10 * Orders.COST) + " 0 100 0");
        }
        TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(3) - (System.nanoTime() - start));
        release.countDown();
        alice.end();
        for (CompletableFuture<Trade> one : waiting) {
            one.get(5, TimeUnit.SECONDS);
        }
        assertThat(Orders.state("alice")).isEqualTo("1000000 " + 5 * Orders.COST + " 0 0");
    }

    /** Places ten orders in sequence, and records their fills in one batch. */
    private Integer placeAndFill(String account) {
        List<Received<ContractMessage>> fills = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            fills.addAll(Orders.fill(task.place(Orders.buy(account)).tradeNo(), TradeType.BUY));
        }
        task.record(fills);
        return fills.size();
    }

    @Test
    void fillDoesNotWaitForALockedAccount() throws Exception {
        task.create("alice", 1_000_000);
        Trade trade = task.place(Orders.buy("alice"));
        CountDownLatch release = new CountDownLatch(1);
        Locked alice = new Locked("alice", release);

        task.record(Orders.fill(trade.tradeNo(), TradeType.BUY));
        task.sweepUnlocked();

        assertThat(effect(trade)).isEqualTo("1 R");
        release.countDown();
        alice.end();
        assertThat(Orders.state("alice")).isEqualTo("1000000 24300 0 0");
        task.sweep();
        assertThat(effect(trade)).isEqualTo("1 A");
        assertThat(Orders.state("alice")).isEqualTo("975700 0 10 0");
    }

    @Test
    void sweepWaitsForALockedAccount() throws Exception {
        task.create("alice", 1_000_000);
        Trade trade = task.place(Orders.buy("alice"));
        CountDownLatch release = new CountDownLatch(1);
        Locked alice = new Locked("alice", release);
        task.record(Orders.fill(trade.tradeNo(), TradeType.BUY));
        CompletableFuture<Void> sweep = CompletableFuture.runAsync(() -> task.sweepWaiting("alice"));

        release.countDown();
        alice.end();

        sweep.get(10, TimeUnit.SECONDS);
        assertThat(effect(trade)).isEqualTo("1 A");
        assertThat(Orders.state("alice")).isEqualTo("975700 0 10 0");
    }

    @Test
    void cancelWaitsForALockedAccount() throws Exception {
        task.create("alice", 1_000_000);
        Trade trade = task.place(Orders.buy("alice"));
        CountDownLatch release = new CountDownLatch(1);
        Locked alice = new Locked("alice", release);
        CompletableFuture<Void> cancel =
                CompletableFuture.runAsync(() -> task.cancel(trade.tradeNo(), AccountScope.ALL));

        release.countDown();
        alice.end();
        cancel.get(5, TimeUnit.SECONDS);

        assertThat(effect(trade)).isEqualTo("9 A");
        assertThat(Orders.state("alice")).isEqualTo("1000000 0 0 0");
    }

    private static String outcome(TestTask task, NumberedOrder order) {
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

    /** A transaction that holds the lock of an account. */
    private final class Locked {

        private final CompletableFuture<Void> transaction;

        /**
         * Starts the transaction, and returns once it holds the lock.
         *
         * @param release ends the transaction
         */
        Locked(String account, CountDownLatch release) throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            transaction = CompletableFuture.runAsync(() -> other.transaction(() -> {
                other.accounts().lock(account);
                held.countDown();
                return release.await(30, TimeUnit.SECONDS);
            }));
            assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        }

        void end() throws Exception {
            transaction.get(10, TimeUnit.SECONDS);
        }
    }
}
