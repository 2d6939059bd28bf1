package finmicro.trade.order.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.CallSpans;
import finmicro.common.telemetry.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Allocates trade numbers from a counter in DynamoDB, in blocks: an order costs a fraction of a call, and a task that stops leaves a
 * gap. All orders wait for a new block, so a block that lasts less than a second is followed by a larger one. The first block is
 * taken at start, which also checks that the counter is available.
 *
 * <p>The counter may be lost, or set back by a restore. This is detected if a block begins below a number in the database. The
 * counter is then raised above that number, and the block is not used.
 */
@ApplicationScoped
public class TradeNumbers implements Worker {

    private static final System.Logger LOG = Log.of(TradeNumbers.class);

    /**
     * How far above the highest known number the counter is raised. Other tasks still use the blocks that they took before the
     * counter was set back, so this is more than such blocks have.
     */
    static final long MARGIN = 10_000;

    /** Less than 3 s together with the 2 s that a call may take. */
    private static final long LOCK_TIMEOUT_MILLIS = 900;

    private static final Duration START_RETRY = Duration.ofSeconds(1);

    private final TradeNumberCounter counter;
    private final OrderQueries orders;
    private final BlockSize size;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long end;
    private volatile int failures;

    @Inject
    public TradeNumbers(DynamoDbClient dynamoDb, CallSpans spans, TradeNumberSettings settings, OrderQueries orders) {
        this.counter = new TradeNumberCounter(dynamoDb, spans, settings.table());
        this.orders = orders;
        this.size = new BlockSize(settings.minimumBlock());
    }

    @Override
    public String name() {
        return "trade-numbers";
    }

    @Override
    public boolean required() {
        return true;
    }

    /** Takes the first block. Retries until the counter and the database are available. */
    @Override
    public void run(WorkerContext worker) {
        boolean filled = false;
        while (!filled && worker.running()) {
            lock.lock();
            try {
                fill();
                worker.reportSuccess();
                filled = true;
            } catch (RuntimeException e) {
                worker.reportFailure(e);
            } finally {
                lock.unlock();
            }
            if (!filled) {
                worker.pause(START_RETRY);
            }
        }
    }

    /**
     * Returns the next number within 3 seconds.
     *
     * @throws finmicro.common.problem.ProblemException 503 if the counter or the database is unavailable
     */
    public long next() {
        int failuresBefore = failures;
        if (!acquired()) {
            throw unavailable();
        }
        try {
            // The call failed in another thread while this one waited: do not repeat it.
            if (next == end && failures != failuresBefore) {
                throw unavailable();
            }
            fill();
            return ++next;
        } catch (RuntimeException e) {
            if (!Outages.isOutage(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "trade.number unavailable reason={0}", Outages.reason(e));
            throw unavailable();
        } finally {
            lock.unlock();
        }
    }

    private boolean acquired() {
        try {
            return lock.tryLock(LOCK_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes a block if the last one is used up: the numbers above {@code next}, up to {@code end}, are free. */
    private void fill() {
        if (next < end) {
            return;
        }
        try {
            int block = size.next(System.nanoTime());
            end = lastOf(block);
            next = end - block;
            size.taken(block, System.nanoTime());
        } catch (RuntimeException e) {
            failures++;
            throw e;
        }
    }

    /**
     * Takes a block and returns its last number. Reads the highest known number first: each number in the database was then taken
     * from the counter before this block.
     */
    private long lastOf(int block) {
        long highest = Math.max(end, orders.highestNumber());
        long last = counter.take(block);
        if (last - block >= highest) {
            return last;
        }
        if (counter.raise(highest + MARGIN)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "trade.number counter was set back, raised from={0} to={1}",
                    Long.toString(last),
                    Long.toString(highest + MARGIN));
        }
        return counter.take(block);
    }

    private static RuntimeException unavailable() {
        return Problem.unavailable("No trade number is available. Try again.").exception();
    }
}
