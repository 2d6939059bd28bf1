package finmicro.trade.order.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.Outages;
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
 * Trade numbers from the counter in DynamoDB, taken in blocks: an order costs a fraction of a call, and a task that
 * ends leaves a gap. Since all wait for a new block, one that lasts less than a second is followed by a larger one. The
 * first block is taken at start, which also shows that the counter answers.
 *
 * <p>The counter may be lost, or be set back by a restore. A block that begins below a number that is in the database shows it:
 * the counter is raised above that number before any number of the block is used.
 */
@ApplicationScoped
public class TradeNumbers implements Worker {

    private static final System.Logger LOG = Log.of(TradeNumbers.class);

    /**
     * How far above the highest known number the counter is raised. Other tasks still use the blocks that they took before the
     * counter was set back, so this is more than such blocks have.
     */
    static final long MARGIN = 10_000;

    /** With the 2 s that a call may take, less than 3 s. */
    private static final long WAIT_MILLIS = 900;

    private static final Duration START_AGAIN = Duration.ofSeconds(1);

    private final TradeNumberCounter counter;
    private final OrderQueries orders;
    private final BlockSize size;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long end;
    private volatile int failures;

    @Inject
    public TradeNumbers(DynamoDbClient dynamoDb, CallSpans spans, TradeNumberSettings settings, OrderQueries orders) {
        this.counter = new TradeNumberCounter(dynamoDb, spans);
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

    /** Takes the first block, however long the counter or the database is away. */
    @Override
    public void run(WorkerContext worker) {
        boolean filled = false;
        while (!filled && worker.running()) {
            lock.lock();
            try {
                fill();
                worker.answered();
                filled = true;
            } catch (RuntimeException e) {
                worker.failed(e);
            } finally {
                lock.unlock();
            }
            if (!filled) {
                worker.pause(START_AGAIN);
            }
        }
    }

    /**
     * The next number, within 3 seconds.
     *
     * @throws finmicro.common.problem.ProblemException 503 if the counter or the database does not answer
     */
    public long next() {
        int failuresBefore = failures;
        if (!acquired()) {
            throw unavailable();
        }
        try {
            // Whoever waited while another's call failed does not try the same once more.
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
            return lock.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes a block when the last one is used up: numbers above {@code next} up to {@code end} are free. */
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
     * Takes a block and returns its last number. The highest known number is read first: each number that is in the database by
     * then was taken from the counter before.
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
        return Problem.unavailable("no trade number can be had").exception();
    }
}
