package finmicro.balance.ledger.control;

import finmicro.balance.feed.control.FeedQueries;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.common.persistence.Migration;
import finmicro.common.trading.OrderType;
import finmicro.common.trading.TradeType;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.Injection;
import finmicro.embedded.OldDatabase;
import finmicro.embedded.PersistenceUnit;
import finmicro.embedded.RecordedEvents;
import finmicro.embedded.ThreadBoundDataSource;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A ledger on a real database. Each thread uses separate transactions. */
public final class TestLedger implements AutoCloseable {

    /** The time of all bookings. */
    public static final Instant NOW = Instant.parse("2020-06-07T06:25:04Z");

    private static final OffsetDateTime AT = OffsetDateTime.parse("2020-06-07T15:25:04+09:00");

    /** Same lock wait timeout as in production. */
    private static final String LOCK_WAIT = "?sessionVariables=innodb_lock_wait_timeout=4";

    private final EmbeddedDatabase database;
    private final ThreadBoundDataSource dataSource;
    private final PersistenceUnit unit;
    private final Queue<BookingResult> results = new ConcurrentLinkedQueue<>();
    private final Queue<Ledger.Adjustments> adjustments = new ConcurrentLinkedQueue<>();

    /** @param name name of the database's folder */
    public TestLedger(String name) {
        database = EmbeddedDatabase.start(Path.of("target/" + name), 0);
        dataSource = new ThreadBoundDataSource(database.jdbcUrl("StockBalance") + LOCK_WAIT);
        new Migration(dataSource).prepare();
        unit = new PersistenceUnit("balance", dataSource);
    }

    @Override
    public void close() {
        unit.close();
        database.close();
    }

    /** Restores the state after the migration: main has 10,000,000 yen that the ledger does not know yet. */
    public void empty() throws SQLException {
        unit.afterQuery(() -> {});
        results.clear();
        adjustments.clear();
        for (String table : List.of(
                "stock_moves",
                "stock_balances",
                "ledger_feed",
                "ledger_entries",
                "ledger_holdings",
                "account_checkpoints")) {
            run("DELETE FROM " + table);
        }
        run("UPDATE cash_balances SET cash_value = 10000000");
        run("UPDATE ledger_feed_head SET position = 0");
        run("DELETE FROM ledger_accounts WHERE account <> 'main'");
        run("UPDATE ledger_accounts SET cash_value = 0, last_sequence = 0");
    }

    /** Executes a statement, as another program would. */
    public void run(String sql) throws SQLException {
        OldDatabase.run(dataSource, sql);
    }

    /** Returns the first column of the first row. */
    public String value(String query) throws SQLException {
        return OldDatabase.value(dataSource, query);
    }

    /** Opens a separate connection. */
    public Connection connection() throws SQLException {
        return dataSource.getConnection();
    }

    PersistenceUnit unit() {
        return unit;
    }

    /** The reported results of bookings, including rolled back ones. */
    Queue<BookingResult> results() {
        return results;
    }

    Queue<Ledger.Adjustments> adjustments() {
        return adjustments;
    }

    /** The ledger of a task. */
    public Ledger task() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        AccountLocks locks = inject(new AccountLocks(clock));
        FeedWriter feed = inject(new FeedWriter());
        return inject(new Ledger(locks, feed, RecordedEvents.into(results), RecordedEvents.into(adjustments)));
    }

    /** Runs each call of the ledger in a separate transaction, like the container. */
    Bookings bookings() {
        AccountLocks locks = inject(new AccountLocks(Clock.fixed(NOW, ZoneOffset.UTC)));
        FeedWriter feed = inject(new FeedWriter());
        return new Bookings(
                inject(new Ledger(locks, feed, RecordedEvents.into(results), RecordedEvents.into(adjustments)) {
                    @Override
                    public List<BookingResult> book(List<Booking> bookings) {
                        return inNewTransaction(() -> super.book(bookings));
                    }

                    @Override
                    public List<BookingResult> bookUnlocked(List<Booking> bookings) {
                        return inNewTransaction(() -> super.bookUnlocked(bookings));
                    }
                }));
    }

    private <T> T inNewTransaction(Callable<T> work) {
        try {
            return inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public BalanceQueries queries() {
        return inject(new BalanceQueries());
    }

    public FeedQueries feed() {
        return inject(new FeedQueries(task(), queries()));
    }

    /** Injects the entity manager of the thread's transaction. */
    public <T> T inject(T bean) {
        return Injection.into(bean, unit.entityManager());
    }

    /** Runs the work in a transaction. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return unit.inTransaction(work);
    }

    /** Books entries in one transaction. */
    public List<BookingResult> book(Booking... bookings) throws Exception {
        return inTransaction(() -> task().book(List.of(bookings)));
    }

    /** Runs all pieces of work concurrently, each on a separate thread, and waits until they end. */
    public static void concurrently(List<Callable<?>> pieces) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(pieces.size());
        ExecutorService threads = Executors.newFixedThreadPool(pieces.size());
        try {
            List<Future<?>> work = new ArrayList<>();
            for (Callable<?> piece : pieces) {
                work.add(threads.submit(() -> {
                    barrier.await();
                    return piece.call();
                }));
            }
            for (Future<?> piece : work) {
                piece.get();
            }
        } finally {
            threads.shutdownNow();
            // No thread may still write when the next test begins.
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    /** The settlement of a fill for main, requested by a caller other than stock-trade. */
    public static Booking external(Settlement trade) {
        return Booking.external(trade, Context.root());
    }

    /** The settlement of a fill, requested by stock-trade. */
    public static Booking settlement(String account, Settlement trade) {
        return Booking.settlement(trade, account, false, Context.root());
    }

    public static Settlement buy(long tradeNo, long quantity, long contractValue, long settlementAmount) {
        return trade(tradeNo, TradeType.BUY, quantity, contractValue, settlementAmount);
    }

    public static Settlement sell(long tradeNo, long quantity, long contractValue, long settlementAmount) {
        return trade(tradeNo, TradeType.SELL, quantity, contractValue, settlementAmount);
    }

    private static Settlement trade(
            long tradeNo, TradeType side, long quantity, long contractValue, long settlementAmount) {
        return new Settlement(
                tradeNo,
                LocalDate.of(2020, 6, 7),
                LocalTime.of(15, 25, 3),
                "A002",
                side,
                OrderType.MARKET,
                BigDecimal.valueOf(2_320),
                quantity,
                1_000,
                100,
                contractValue,
                settlementAmount,
                AT,
                null);
    }
}
