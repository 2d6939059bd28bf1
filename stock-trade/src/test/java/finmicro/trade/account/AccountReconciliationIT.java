package finmicro.trade.account;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import finmicro.common.problem.ProblemException;
import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.Difference;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.common.trading.TradeType;
import finmicro.embedded.Injection;
import finmicro.trade.TestTask;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.reconciliation.control.AccountEffectsCheck;
import finmicro.trade.reconciliation.control.Journal;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reconciles accounts with their journal, and reservations with open trades. */
class AccountReconciliationIT {

    private static final long CASH = 100_000;

    private final TestTask task = new TestTask(Map.of());
    private final DifferenceReport report = new DifferenceReport(OpenTelemetry.noop());
    private final AccountSlices slices = new AccountSlices(
            injected(new AccountEffectsCheck() {
                @Override
                public List<String> accounts(String after, int limit) {
                    return task.transaction(() -> super.accounts(after, limit));
                }

                @Override
                public Checked check(String account) {
                    return task.transaction(() -> super.check(account));
                }
            }),
            report);

    @BeforeEach
    @AfterEach
    void clean() throws SQLException {
        Orders.clean();
    }

    private static <T> T injected(T bean) {
        return Injection.into(bean, TradeDatabase.UNIT.entityManager());
    }

    /** Leaves alice with 75,700 yen and 10 shares, of these 24,300 yen and 10 shares reserved. */
    private void trade() {
        task.create("alice", CASH);
        Trade bought = task.place(Orders.buy("alice"));
        task.record(Orders.fill(bought.tradeNo(), TradeType.BUY));
        task.place(Orders.buy("alice"));
        task.place(Orders.sell("alice"));
    }

    @Test
    void accountsMatchAndOnlyNewEffectsAreSummed() throws Exception {
        trade();

        assertThat(slices.check("")).isEqualTo(new AccountSlices.Slice("", 1, 2, List.of()));
        assertThat(slices.check("")).isEqualTo(new AccountSlices.Slice("", 1, 0, List.of()));
        assertThat(TradeDatabase.value("SELECT GROUP_CONCAT(item, ' ', total ORDER BY item) FROM account_checkpoints"))
                .isEqualTo("cash 75700,sequence 2,shares A002 10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE accounts SET cash = cash + 1 | cash | 75700 | 75701",
                "UPDATE accounts SET reserved_cash = 0 | reserved cash | 24300 | 0",
                "UPDATE accounts SET last_sequence = 3 | sequence | 2 | 3",
                "UPDATE positions SET quantity = 11 | shares A002 | 10 | 11",
                "UPDATE positions SET reserved_quantity = 0 | reserved shares A002 | 10 | 0",
                "UPDATE account_effects SET cash = cash - 1 WHERE sequence = 2 | cash | 75699 | 75700",
                "UPDATE trades SET account_effect = 'A' WHERE trade_type = 'SELL' AND account = 'alice' | reserved shares A002 | 0 | 10"
            })
    void corruptedRowIsReportedUntilItIsFixed(String sql, String item, long expected, long actual) throws Exception {
        trade();
        TradeDatabase.sql(sql);

        for (int i = 0; i < 2; i++) {
            assertThat(slices.check("").differences()).containsExactly(new Difference("alice", item, expected, actual));
            assertThat(report.list()).hasSize(1);
        }
    }

    /** The fill arrived while the account was locked, so the reservation remains until the sweep. */
    @Test
    void unsweptFillKeepsItsReservation() throws Exception {
        trade();
        TradeDatabase.sql("UPDATE trades SET trade_status = '1' WHERE account = 'alice'");

        assertThat(slices.check("").differences()).isEmpty();
    }

    @Test
    void checkpointIncludesPurgedEffects() throws Exception {
        trade();
        Journal later = injected(new Journal(Clock.offset(Clock.systemUTC(), Journal.RETENTION.plusSeconds(1))));
        Journal sooner = injected(new Journal(Clock.offset(Clock.systemUTC(), Journal.RETENTION.minusHours(1))));
        // The effects are not part of a checkpoint yet.
        assertThat(task.transaction(later::purge)).isZero();
        slices.check("");

        assertThat(task.transaction(sooner::purge)).isZero();
        assertThat(task.transaction(later::purge)).isEqualTo(2);

        assertThat(slices.check("").differences()).isEmpty();
        task.place(Orders.buy("alice"));
        Trade bought = task.place(Orders.buy("alice"));
        task.record(Orders.fill(bought.tradeNo(), TradeType.BUY));
        assertThat(slices.check("")).isEqualTo(new AccountSlices.Slice("", 1, 1, List.of()));
    }

    @Test
    void concurrentOrdersCauseNoFalseDifferences() throws Exception {
        task.create("alice", 100 * CASH);
        task.create("bob", 100 * CASH);
        AtomicInteger traders = new AtomicInteger(4);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int trader = 0; trader < 4; trader++) {
            String account = trader % 2 == 0 ? "alice" : "bob";
            tasks.add(() -> {
                for (int i = 0; i < 40; i++) {
                    order(account, i);
                }
                traders.decrementAndGet();
                return null;
            });
        }
        AtomicInteger checks = new AtomicInteger();
        tasks.add(() -> {
            while (traders.get() > 0) {
                assertThat(slices.check("").differences()).isEmpty();
                checks.incrementAndGet();
            }
            return null;
        });

        Orders.concurrently(tasks);

        assertThat(checks.get()).isPositive();
        task.sweep();
        assertThat(slices.check("").differences()).isEmpty();
        assertThat(report.count()).isZero();
    }

    private void order(String account, int turn) {
        try {
            Trade bought = task.place(Orders.buy(account));
            if (turn % 4 == 0) {
                task.cancel(bought.tradeNo(), AccountScope.of(account));
            } else if (turn % 4 == 1) {
                task.record(Orders.noMatch(bought.tradeNo()));
            } else {
                task.record(Orders.fill(bought.tradeNo(), TradeType.BUY));
            }
        } catch (ProblemException e) {
            // The account was busy.
            assertThat(e.problem().status()).isEqualTo(503);
        }
    }
}
