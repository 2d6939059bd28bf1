package finmicro.common.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import finmicro.common.lifecycle.ManualClock;
import finmicro.common.lifecycle.Readiness;
import finmicro.common.outage.Outages;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.ThreadBoundDataSource;
import io.opentelemetry.context.Context;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lock conflicts of a real database: each item increments its row. */
class GroupCommitIT {

    private static final int ROWS = 9;
    private static EmbeddedDatabase database;
    private static ThreadBoundDataSource dataSource;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final AtomicInteger transactions = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    /** Items in the order in which their requests completed. */
    private final Queue<Integer> ended = new ConcurrentLinkedQueue<>();

    private final GroupCommit<Integer, Integer> commits =
            new GroupCommit<>("rows", new Readiness(new ManualClock()), any -> Context.root(), this::commit);

    @BeforeAll
    static void startDatabase() throws SQLException {
        database = EmbeddedDatabase.start(Path.of("target/group-commit-it"), 0);
        dataSource = new ThreadBoundDataSource(
                database.jdbcUrl("StockTrade") + "?sessionVariables=innodb_lock_wait_timeout=1");
        run("CREATE TABLE counted (id INT PRIMARY KEY, n INT NOT NULL)");
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void resetRows() throws SQLException {
        run("DELETE FROM counted");
        for (int row = 0; row <= ROWS; row++) {
            run("INSERT INTO counted VALUES (" + row + ", 0)");
        }
    }

    @AfterEach
    void endClients() {
        clients.shutdownNow();
    }

    private static void run(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }

    private static int count(int row) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery("SELECT n FROM counted WHERE id = " + row)) {
            found.next();
            return found.getInt(1);
        }
    }

    /** The first transaction waits until the test has submitted its group. */
    private List<Integer> commit(List<Integer> items) {
        try {
            if (transactions.incrementAndGet() == 1) {
                held.await();
            }
            return dataSource.inTransaction(() -> {
                for (int item : items) {
                    run("UPDATE counted SET n = n + 1 WHERE id = " + item);
                }
                return items;
            });
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private int submit(int item) {
        try {
            return commits.submit(item);
        } finally {
            ended.add(item);
        }
    }

    /** Submits items 1 to {@code size} as one group, which follows the group of item 0. */
    private List<Future<Integer>> submitGroup(int size) {
        List<Future<Integer>> results = new ArrayList<>();
        clients.submit(() -> commits.submit(0));
        await().until(() -> transactions.get() == 1);
        for (int item = 1; item <= size; item++) {
            int one = item;
            results.add(clients.submit(() -> submit(one)));
            await().until(() -> commits.waiting() == one);
        }
        held.countDown();
        return results;
    }

    /** Waits until a statement waits for the row, which another transaction has locked. */
    private static void awaitWaitForRow(int row) {
        String waiting = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE counted % = "
                + row + "' AND command <> 'Sleep'";
        await().until(() -> {
            try (Connection connection = dataSource.getConnection();
                    Statement sql = connection.createStatement();
                    ResultSet found = sql.executeQuery(waiting)) {
                found.next();
                return found.getInt(1) > 0;
            }
        });
    }

    @Test
    void deadlockVictimIsRetriedAndEveryRequestGetsItsResult() throws Exception {
        try (Connection other = dataSource.getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            // The victim is the transaction with fewer changes.
            sql.executeUpdate("INSERT INTO counted SELECT 100 + seq, 0 FROM (" + numbers(500) + ") more");
            sql.executeUpdate("UPDATE counted SET n = 100 WHERE id = 3");
            List<Future<Integer>> results = submitGroup(4);
            awaitWaitForRow(3);

            sql.executeUpdate("UPDATE counted SET n = 100 WHERE id = 1");
            other.commit();

            for (int item = 1; item <= 4; item++) {
                assertThat(results.get(item - 1).get(10, TimeUnit.SECONDS)).isEqualTo(item);
            }
        }
        assertThat(List.of(count(1), count(2), count(3), count(4))).containsExactly(101, 1, 101, 1);
        assertThat(transactions.get()).isEqualTo(3);
    }

    private static String numbers(int count) {
        StringBuilder sql = new StringBuilder("SELECT 1 AS seq");
        for (int number = 2; number <= count; number++) {
            sql.append(" UNION ALL SELECT ").append(number);
        }
        return sql.toString();
    }

    @Test
    void onlyTheItemWithALockedRowFailsAndDoesNotDelayTheNextGroup() throws Exception {
        try (Connection other = dataSource.getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.executeUpdate("UPDATE counted SET n = 100 WHERE id = 2");
            List<Future<Integer>> results = submitGroup(3);
            awaitWaitForRow(2);
            Future<Integer> next = clients.submit(() -> submit(9));

            assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo(9);
            assertThat(results.get(0).get(9, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(results.get(2).get(9, TimeUnit.SECONDS)).isEqualTo(3);
            assertThatThrownBy(() -> results.get(1).get(9, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .matches(Outages::isLockConflict);
            // Item 1 is the leader: its thread retries the others of its group before it returns.
            await().until(() -> ended.size() == 4);
            assertThat(ended).containsSubsequence(3, 2).containsSubsequence(9, 2);
            other.rollback();
        }
        assertThat(List.of(count(1), count(2), count(3), count(9))).containsExactly(1, 0, 1, 1);
    }

    @Test
    void itemSucceedsIfItsRowIsUnlockedInTime() throws Exception {
        try (Connection other = dataSource.getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.executeUpdate("UPDATE counted SET n = 100 WHERE id = 1");
            List<Future<Integer>> results = submitGroup(1);
            await().until(() -> transactions.get() == 3);
            other.commit();

            assertThat(results.get(0).get(9, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(count(1)).isEqualTo(101);
    }
}
