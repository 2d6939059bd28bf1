package finmicro.trade.account;

import finmicro.common.messaging.Received;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.trade.TradeDatabase;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderRequest;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Orders, fills and database state for tests of accounts. */
final class Orders {

    /** The cost of {@link #buy} as reserved and as filled by {@link #fill}: 10 shares at 2,320 yen, fee and tax. */
    static final long COST = 24_300;

    private static final long FIRST = 20_001;
    private static final AtomicLong NUMBERS = new AtomicLong(FIRST);

    private Orders() {}

    static NumberedOrder buy(String account) {
        return order(account, TradeType.BUY, null);
    }

    static NumberedOrder buy(String account, String key) {
        return order(account, TradeType.BUY, key);
    }

    static NumberedOrder sell(String account) {
        return order(account, TradeType.SELL, null);
    }

    private static NumberedOrder order(String account, TradeType side, String key) {
        OrderRequest request = new OrderRequest(
                LocalDate.of(2020, 6, 7),
                LocalTime.of(11, 25),
                "A002",
                side,
                OrderType.LIMIT,
                BigDecimal.valueOf(2_320),
                10,
                null);
        return new NumberedOrder(NUMBERS.getAndIncrement(), account, request, key, Context.root());
    }

    static List<Received<ContractMessage>> fill(long tradeNo, TradeType side) {
        return List.of(new Received<>(
                new ContractMessage(
                        tradeNo,
                        true,
                        20200607,
                        "11:25:03",
                        "A002",
                        side,
                        OrderType.LIMIT,
                        BigDecimal.valueOf(2_320),
                        10),
                "m",
                Context.root()));
    }

    static List<Received<ContractMessage>> noMatch(long tradeNo) {
        return List.of(new Received<>(
                new ContractMessage(
                        tradeNo,
                        false,
                        0,
                        "",
                        "A002",
                        TradeType.BUY,
                        OrderType.LIMIT,
                        BigDecimal.valueOf(-99_999_999),
                        0),
                "m",
                Context.root()));
    }

    /** Deletes everything except the two sample trades. */
    static void clean() throws SQLException {
        TradeDatabase.sql(
                "DELETE FROM outbox",
                "DELETE FROM idempotency_keys",
                "DELETE FROM accounts",
                "DELETE FROM account_effects",
                "DELETE FROM account_checkpoints",
                "DELETE FROM positions",
                "DELETE FROM contract_trades",
                "DELETE FROM trades WHERE trade_no > 10002",
                "UPDATE trades SET trade_status = '0', account_effect = 'N', reserved_cash = NULL");
    }

    static void position(String account, long quantity) throws SQLException {
        TradeDatabase.sql("INSERT INTO positions (account, stock_code, quantity) VALUES ('" + account + "', 'A002', "
                + quantity + ")");
    }

    /** Cash, reserved cash, shares and reserved shares: {@code 75700 24300 10 0}. */
    static String state(String account) throws SQLException {
        return TradeDatabase.value("SELECT CONCAT_WS(' ', cash, reserved_cash, COALESCE(quantity, 0),"
                + " COALESCE(reserved_quantity, 0)) FROM accounts LEFT JOIN positions USING (account)"
                + " WHERE account = '" + account + "'");
    }

    /** Runs all tasks concurrently, each on its own thread. */
    static <T> List<T> concurrently(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
