package finmicro.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.LibertyServer;
import finmicro.system.CustomerOrder.Outcome;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A few customers that place mixed orders at a steady pace until closed, each request at a random task of stock-trade. About half
 * of the orders have an {@code Idempotency-Key} and are retried with it until accepted; the others are sent once. Each order has
 * a unique price that identifies it in the tables.
 */
final class Customers implements AutoCloseable {

    static final int NUMBER = 4;
    /** Far from the prices of any other test. */
    static final long LOWEST_PRICE = 3_000_000;

    private static final long PACE_MILLIS = 200;
    private static final AtomicLong PRICES = new AtomicLong(LOWEST_PRICE);

    private final Trading trading;
    private final List<LibertyServer> tasks;
    private final List<String> accounts;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER);
    private final Queue<CustomerOrder> orders = new ConcurrentLinkedQueue<>();
    private final Queue<UnexpectedAnswer> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger failedRequests = new AtomicInteger();

    /**
     * Starts the customers.
     *
     * @param tasks of stock-trade, one or several
     * @param accounts to order for, with enough cash and A002
     */
    public Customers(TradingSystem system, List<LibertyServer> tasks, List<String> accounts, long seed) {
        this.trading = new Trading(system);
        this.tasks = tasks;
        this.accounts = accounts;
        for (int i = 0; i < NUMBER; i++) {
            Random random = new Random(seed + i);
            threads.execute(() -> placeOrders(random));
        }
    }

    /** All orders so far. */
    public Collection<CustomerOrder> orders() {
        return List.copyOf(orders);
    }

    /** Number of orders accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Number of requests without a 201 response: refused, not answered, or not sent because no connection was accepted. */
    public int failedRequests() {
        return failedRequests.get();
    }

    /** Responses that a valid order must never get: anything but 201, or 503 during an outage. */
    public List<UnexpectedAnswer> unexpected() {
        return List.copyOf(unexpected);
    }

    /** Stops the customers and waits for the last response. */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a customer still waits for a response");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void placeOrders(Random random) {
        while (pauseUnlessClosed()) {
            String account = accounts.get(random.nextInt(accounts.size()));
            CustomerOrder order = new CustomerOrder(account, PRICES.incrementAndGet(), random);
            orders.add(order);
            String key = order.keyed ? UUID.randomUUID().toString() : null;
            do {
                place(order, key, tasks.get(random.nextInt(tasks.size())));
            } while (order.keyed && order.outcome() != Outcome.ACCEPTED && pauseUnlessClosed());
        }
    }

    private void place(CustomerOrder order, String key, LibertyServer task) {
        ObjectNode body = order.body();
        Log log = new Log(task);
        try {
            Trading.Answer answer = key == null ? trading.tryToPlace(task, body) : trading.tryToPlace(task, key, body);
            if (answer.status() == 201) {
                order.accepted(answer.tradeNo());
                accepted.incrementAndGet();
                return;
            }
            order.refused();
            if (answer.status() != 503) {
                unexpected.add(new UnexpectedAnswer(answer.status() + " " + answer.body(), log));
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof ConnectException)) {
                order.unanswered();
            }
        }
        failedRequests.incrementAndGet();
    }

    private boolean pauseUnlessClosed() {
        try {
            return !closed.await(PACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
