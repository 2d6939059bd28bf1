package finmicro.trade.order.control;

import finmicro.common.lifecycle.Pulse;
import finmicro.common.lifecycle.Worker;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.CallSpans;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Telemetry;
import finmicro.trade.TradeConfig;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Trade numbers from the counter in DynamoDB, taken in blocks: an order costs a fraction of a call, and a task that
 * ends leaves a gap. Since all wait for a new block, one that lasts less than a second is followed by a larger one. The
 * first block is taken at start, which also shows that the counter answers.
 */
@ApplicationScoped
public class TradeNumbers implements Worker {

    private static final System.Logger LOG = Log.of(TradeNumbers.class);
    private static final String TABLE = "StockTrade.max_number";
    private static final long BEFORE_FIRST = 10_011;
    /** With the 2 s that a call may take, less than 3 s. */
    private static final long WAIT_MILLIS = 900;

    private static final Duration START_AGAIN = Duration.ofSeconds(1);

    private static final Attributes CALL = Attributes.builder()
            .put("rpc.system", "aws-api")
            .put("rpc.service", "DynamoDB")
            .put("rpc.method", "UpdateItem")
            .put("db.system.name", "aws.dynamodb")
            .put("db.operation.name", "UpdateItem")
            .put(AttributeKey.stringArrayKey("aws.dynamodb.table_names"), List.of(TABLE))
            .put(Telemetry.PEER_SERVICE, "DynamoDB")
            .build();

    private final DynamoDbClient dynamoDb;
    private final CallSpans spans;
    private final BlockSize size;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long end;
    private volatile int failures;

    @Inject
    public TradeNumbers(DynamoDbClient dynamoDb, CallSpans spans, TradeConfig config) {
        this.spans = spans;
        this.dynamoDb = dynamoDb;
        this.size = new BlockSize(config.numberBlock());
    }

    @Override
    public String name() {
        return "trade-numbers";
    }

    @Override
    public boolean required() {
        return true;
    }

    /** Takes the first block, however long the counter is away. */
    @Override
    public void run(Pulse pulse) {
        boolean filled = false;
        while (!filled && pulse.running()) {
            lock.lock();
            try {
                fill();
                pulse.answered();
                filled = true;
            } catch (SdkException e) {
                pulse.failed(e);
            } finally {
                lock.unlock();
            }
            if (!filled) {
                pulse.pause(START_AGAIN);
            }
        }
    }

    /**
     * The next number, within 3 seconds.
     *
     * @throws finmicro.common.problem.ProblemException 503 when the counter does not answer
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
        } catch (SdkException e) {
            LOG.log(System.Logger.Level.WARNING, "trade.number unavailable reason={0}", e.getMessage());
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
            end = spans.call("DynamoDB.UpdateItem", () -> CALL, () -> raisedCounter(block));
            next = end - block;
            size.taken(block, System.nanoTime());
        } catch (SdkException e) {
            failures++;
            throw e;
        }
    }

    private long raisedCounter(int block) {
        String max = dynamoDb.updateItem(request -> request.tableName(TABLE)
                        .key(Map.of("column_name", AttributeValue.fromS("trade_no")))
                        .updateExpression("SET max_value = if_not_exists(max_value, :first) + :n")
                        .expressionAttributeValues(Map.of(
                                ":first", AttributeValue.fromN(Long.toString(BEFORE_FIRST)),
                                ":n", AttributeValue.fromN(Integer.toString(block))))
                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes()
                .get("max_value")
                .n();
        return Long.parseLong(max);
    }

    private static RuntimeException unavailable() {
        return Problem.unavailable("no trade number can be had").exception();
    }
}
