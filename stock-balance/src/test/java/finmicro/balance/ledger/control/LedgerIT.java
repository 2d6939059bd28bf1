package finmicro.balance.ledger.control;

import static finmicro.balance.ledger.control.TestLedger.buy;
import static finmicro.balance.ledger.control.TestLedger.sell;
import static org.assertj.core.api.Assertions.assertThat;

import finmicro.balance.ledger.entity.Settlement;
import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.trading.Account;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settles trades of main on a real database. Starts with 10,000,000 yen. The expected amounts are computed by hand. */
class LedgerIT {

    private static TestLedger ledger;

    @BeforeAll
    static void startDatabase() {
        ledger = new TestLedger("ledger-it");
    }

    @AfterAll
    static void stopDatabase() {
        ledger.close();
    }

    @BeforeEach
    void emptyLedger() throws SQLException {
        ledger.empty();
    }

    @Test
    void buyDebitsTheSettlementAmountAndAddsTheContractValue() throws Exception {
        StockMove move = settle(buy(1, 10, 24_200, 24_300)).get(0);

        assertThat(move.cashAfter()).isEqualTo(9_975_700);
        assertBalance(9_975_700, 10, 24_200);
    }

    @Test
    void sellCreditsTheSettlementAmountAndReducesTheBookValueProportionallyRoundedDown() throws Exception {
        settle(buy(1, 3, 100, 200));

        // 100 x 2 / 3 is 66.67.
        StockMove move = settle(sell(2, 2, 5_000, 4_900)).get(0);

        assertThat(move.valueAfter()).isEqualTo(34);
        assertBalance(10_000_000 - 200 + 4_900, 1, 34);
    }

    @Test
    void sellWhoseChargesExceedItsProceedsDebitsCash() throws Exception {
        settle(sell(1, 1, -999, -1_099));

        assertBalance(10_000_000 - 1_099, -1, 0);
    }

    @Test
    void sellBeyondTheHoldingIsBookedAndABuyBeyondTheShortPositionAddsTheRemainder() throws Exception {
        settle(buy(1, 10, 24_200, 24_300));

        settle(sell(2, 15, 30_000, 29_900));
        assertBalance(10_000_000 - 24_300 + 29_900, -5, 0);

        // 1,000 x 2 / 7 is 285.71.
        settle(buy(3, 7, 1_000, 1_100));
        assertBalance(10_000_000 - 24_300 + 29_900 - 1_100, 2, 285);
    }

    @Test
    void cashMayGoBelowZero() throws Exception {
        settle(buy(1, 10, 20_000_000, 20_000_100));

        assertBalance(-10_000_100, 10, 20_000_000);
    }

    @Test
    void repeatedTradeGetsTheFirstResponseAndChangesNothing() throws Exception {
        settle(buy(1, 10, 24_200, 24_300));
        settle(sell(2, 4, 10_000, 9_900));

        List<StockMove> moves = settle(buy(1, 10, 24_200, 24_300), buy(1, 10, 24_200, 24_300));

        assertThat(moves).extracting(StockMove::cashAfter).containsExactly(9_975_700L, 9_975_700L);
        assertThat(moves).extracting(StockMove::quantityAfter).containsExactly(10L, 10L);
        assertBalance(9_975_700 + 9_900, 6, 24_200 - 9_680);
    }

    /** stock-trade may retry trades on another task while the first task still settles them. */
    @Test
    void tradesSettledByTwoTasksConcurrentlyAreBookedOnce() throws Exception {
        List<Settlement> trades = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            trades.add(buy(i, 10, 24_200, 24_300));
        }
        List<Settlement> reversed = new ArrayList<>(trades);
        Collections.reverse(reversed);

        concurrently(List.of(trades, trades, reversed));

        assertBalance(10_000_000 - 20 * 24_300, 200, 20 * 24_200);
        assertThat(ledger.results())
                .filteredOn(result -> result.status() == BookingResult.Status.BOOKED)
                .hasSize(20);
    }

    @Test
    void concurrentSellsOfTheSameSharesAreAllBooked() throws Exception {
        settle(buy(1, 30, 60_000, 60_100));
        List<List<Settlement>> tasks = new ArrayList<>();
        for (int task = 0; task < 4; task++) {
            List<Settlement> sells = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                sells.add(sell(100 + 10 * task + i, 1, 2_100, 2_000));
            }
            tasks.add(sells);
        }

        concurrently(tasks);

        assertBalance(10_000_000 - 60_100 + 40 * 2_000, -10, 0);
    }

    @Test
    void balanceReadDuringASettlementIsTheOneBeforeIt() throws Exception {
        settle(buy(1, 10, 24_200, 24_300));
        ledger.unit().afterQuery(() -> {
            ledger.unit().afterQuery(() -> {});
            settleByAnotherTask(buy(2, 10, 24_200, 24_300));
        });

        BalanceQueries.AccountBalance balance =
                ledger.inTransaction(() -> ledger.queries().balance(Account.MAIN));

        assertThat(balance.cash()).isEqualTo(9_975_700);
        assertThat(balance.holdings())
                .singleElement()
                .satisfies(holding -> assertThat(holding.quantity()).isEqualTo(10));
        assertBalance(10_000_000 - 48_600, 20, 48_400);
    }

    private void settleByAnotherTask(Settlement trade) {
        ExecutorService another = Executors.newSingleThreadExecutor();
        try {
            another.submit(() -> settle(trade)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            another.shutdownNow();
        }
    }

    /** Each task settles its trades one by one. All tasks run concurrently. */
    private void concurrently(List<List<Settlement>> tasks) throws Exception {
        List<Callable<?>> work = new ArrayList<>();
        for (List<Settlement> trades : tasks) {
            work.add(() -> {
                for (Settlement trade : trades) {
                    settle(trade);
                }
                return null;
            });
        }
        TestLedger.concurrently(work);
    }

    private List<StockMove> settle(Settlement... trades) throws Exception {
        List<Booking> settlements =
                Arrays.stream(trades).map(TestLedger::external).toList();
        return ledger.inTransaction(() -> ledger.task().settle(settlements));
    }

    private void assertBalance(long cash, long quantity, long value) throws Exception {
        BalanceQueries.AccountBalance balance =
                ledger.inTransaction(() -> ledger.queries().balance(Account.MAIN));
        assertThat(balance.cash()).isEqualTo(cash);
        assertThat(balance.holdings()).singleElement().satisfies(holding -> {
            assertThat(holding.quantity()).isEqualTo(quantity);
            assertThat(holding.value()).isEqualTo(value);
        });
    }
}
