package finmicro.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.local.Service;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A few customers who place mixed orders at a steady pace until they are closed. Every other order carries an
 * {@code Idempotency-Key} and is sent again under it until it is accepted; the others are given up at the first failure.
 * Each order has a price of its own, by which it is known in the tables.
 */
final class Customers implements AutoCloseable {

    private static final int NUMBER = 4;
    private static final long PACE_MILLIS = 200;

    /** Far from the prices of any other test. */
    private static final AtomicLong PRICES = new AtomicLong(3_000_000);

    private final Trading trading;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER);
    private final Map<Long, Long> accepted = new ConcurrentHashMap<>();
    private final Set<Long> keyed = ConcurrentHashMap.newKeySet();
    private final Set<Long> confused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();

    /** They begin at once. */
    public Customers(TradingSystem system, long seed) {
        trading = new Trading(system);
        for (int i = 0; i < NUMBER; i++) {
            Random random = new Random(seed + i);
            threads.execute(() -> shop(random));
        }
    }

    /** The price of each order that was answered 201, by its trade number. */
    public Map<Long, Long> accepted() {
        return Map.copyOf(accepted);
    }

    /** The prices of the orders with a key: none may be found in two trades. */
    public Set<Long> keyed() {
        return Set.copyOf(keyed);
    }

    /** Trade numbers that were answered to two different orders. */
    public Set<Long> confused() {
        return Set.copyOf(confused);
    }

    /** How many requests did not end with a 201. */
    public int refused() {
        return refused.get();
    }

    /** Ends their shopping, and returns when the last answer is there. */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a customer still waits for an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shop(Random random) {
        while (goOn()) {
            long price = PRICES.incrementAndGet();
            ObjectNode order = Trading.order(
                    random.nextBoolean() ? "BUY" : "SELL",
                    random.nextBoolean() ? "0" : "1",
                    Long.toString(price),
                    1 + random.nextInt(9));
            if (random.nextBoolean()) {
                keyed.add(price);
                insist(order, price);
            } else {
                placed(order, null, price);
            }
        }
    }

    private void insist(ObjectNode order, long price) {
        String key = UUID.randomUUID().toString();
        boolean done = placed(order, key, price);
        while (!done && goOn()) {
            done = placed(order, key, price);
        }
    }

    private boolean placed(ObjectNode order, String key, long price) {
        try {
            Trading.Answer answer =
                    key == null ? trading.post(Service.TRADE, "/trade/order", order) : trading.place(key, order);
            if (answer.status() == 201) {
                Long other = accepted.putIfAbsent(answer.tradeNo(), price);
                if (other != null && other != price) {
                    confused.add(answer.tradeNo());
                }
                return true;
            }
        } catch (UncheckedIOException e) {
            // the service is down or went down: the customer does not know what became of the order
        }
        refused.incrementAndGet();
        return false;
    }

    private boolean goOn() {
        try {
            return !closed.await(PACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
