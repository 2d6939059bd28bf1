package finmicro.trade.order.control;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.telemetry.CallSpans;
import finmicro.embedded.Injection;
import finmicro.trade.TradeDatabase;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The counter is lost or set back, for example by a restore, while the database has higher numbers. */
class TradeNumbersIT {

    private static final Map<String, AttributeValue> KEY = Map.of("column_name", AttributeValue.fromS("trade_no"));
    private static final Logger LOGGER = Logger.getLogger(TradeNumbers.class.getName());
    private static LocalDynamoDb dynamoDb;

    private final OrderQueries orders = Injection.into(new OrderQueries(), TradeDatabase.UNIT.entityManager());
    private final List<LogRecord> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeAll
    static void startCounter() throws IOException {
        dynamoDb = LocalDynamoDb.start();
    }

    @AfterAll
    static void stopCounter() {
        dynamoDb.close();
    }

    @BeforeEach
    void listen() throws SQLException {
        LOGGER.addHandler(handler);
        loseCounter();
        removeTrades();
    }

    @AfterEach
    void stopListening() throws SQLException {
        LOGGER.removeHandler(handler);
        removeTrades();
    }

    private static void removeTrades() throws SQLException {
        TradeDatabase.sql("DELETE FROM trades WHERE trade_no > 10011");
    }

    @Test
    void firstNumberOfAFreshTableIs10012() {
        assertThat(task(1).next()).isEqualTo(10_012);
        assertThat(warnings).isEmpty();
    }

    @Test
    void lostCounterIsRaisedAboveTheHighestTrade() throws SQLException {
        store(15_000);

        TradeNumbers task = task(1);

        assertThat(task.next()).isEqualTo(25_001);
        assertThat(task.next()).isEqualTo(25_002);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void counterThatIsSetBackWhileATaskRunsIsRaised() throws SQLException {
        TradeNumbers task = task(1);
        store(task.next());
        store(task.next());

        setCounter(10_011);

        // The rest of the current block first: 10014.
        List<Long> numbers = List.of(task.next(), task.next());
        assertThat(numbers).containsExactly(10_014L, 20_015L);
        assertThat(warnings).hasSize(1);
    }

    /** Only the task itself knows numbers that it has taken but not stored. */
    @Test
    void taskDoesNotReuseItsNumbersThatAreNotStoredYet() {
        TradeNumbers task = task(1);
        long first = task.next();

        loseCounter();

        assertThat(task.next()).isGreaterThan(first);
    }

    @Test
    void numbersOfAnEarlierBlockOfAnotherTaskAreNotReused() throws SQLException {
        TradeNumbers other = task(50);
        store(other.next());

        loseCounter();

        TradeNumbers task = task(50);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            numbers.add(task.next());
            numbers.add(other.next());
        }
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void tasksThatRaiseItConcurrentlyGetDistinctNumbers() throws Exception {
        store(20_000);
        int tasks = 4;
        CyclicBarrier together = new CyclicBarrier(tasks);
        ExecutorService threads = Executors.newFixedThreadPool(tasks);
        List<Long> numbers = new ArrayList<>();
        try {
            List<Future<List<Long>>> work = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                work.add(threads.submit(numbers(task(1), together)));
            }
            for (Future<List<Long>> taken : work) {
                numbers.addAll(taken.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(numbers).hasSize(tasks * 25).doesNotHaveDuplicates().allMatch(number -> number > 20_000);
        assertThat(warnings).hasSize(1);
    }

    private static Callable<List<Long>> numbers(TradeNumbers task, CyclicBarrier together) {
        return () -> {
            List<Long> numbers = new ArrayList<>();
            together.await();
            for (int i = 0; i < 25; i++) {
                numbers.add(task.next());
            }
            return numbers;
        };
    }

    @Test
    void counterIsNeverLowered() {
        TradeNumberCounter counter =
                new TradeNumberCounter(dynamoDb.client(), new CallSpans(OpenTelemetry.noop()), "StockTrade.max_number");

        assertThat(counter.raise(30_000)).isTrue();
        assertThat(counter.raise(30_000)).isFalse();
        assertThat(counter.raise(20_000)).isFalse();

        assertThat(counter.take(1)).isEqualTo(30_001);
    }

    private TradeNumbers task(int block) {
        return new TradeNumbers(
                dynamoDb.client(),
                new CallSpans(OpenTelemetry.noop()),
                new TradeNumberSettings("StockTrade.max_number", block),
                orders);
    }

    private static void loseCounter() {
        dynamoDb.client()
                .deleteItem(request -> request.tableName(LocalDynamoDb.TABLE).key(KEY));
    }

    private static void setCounter(long value) {
        dynamoDb.client()
                .putItem(request -> request.tableName(LocalDynamoDb.TABLE)
                        .item(Map.of(
                                "column_name", AttributeValue.fromS("trade_no"),
                                "max_value", AttributeValue.fromN(String.valueOf(value)))));
    }

    private static void store(long tradeNo) throws SQLException {
        TradeDatabase.sql("INSERT INTO trades (trade_no, order_date, order_time, stock_code, trade_type, order_type,"
                + " order_price, order_quantity, fee, tax, estimated_value, trade_status, update_time) VALUES ("
                + tradeNo
                + ", 20200607, '11:25:00', 'A002', 'BUY', '1', 2320, 10, 1000, 100, 24300, '0',"
                + " '2020-06-07T11:25:00+09:00')");
    }
}
