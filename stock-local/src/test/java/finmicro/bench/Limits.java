package finmicro.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Throughput of the database and the queue server without the system: the limits of this machine that it is compared with. */
final class Limits {

    private static final int COMMIT_THREADS = 32;
    private static final int QUEUE_THREADS = 4;
    private static final int BATCH = 10;
    private static final int WARM_UP_SECONDS = 2;

    private static final String TRADE = "INSERT INTO trades (trade_no, order_date, order_time, stock_code, trade_type,"
            + " order_type, order_price, order_quantity, fee, tax, estimated_value, trade_status, update_time, accepted_at,"
            + " account_effect) VALUES (?, 20200607, '11:25:00', 'A002', 'BUY', '0', 2320, 10, 1000, 100, 24300, '1',"
            + " '2020-06-07T11:25:04+09:00', 0, 'A')";

    private static final String OUTBOX = "INSERT INTO outbox (message_id, destination, body, state, attempts,"
            + " next_attempt_at, created_at, sent_at) VALUES (CONCAT('order-', ?), 'ORDER', REPEAT('x', 160), 'S', 1,"
            + " UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))";

    /** Below the sample trades' numbers. These rows are deleted afterwards. */
    private static final long FIRST = -1_000_000_000;

    private interface Work {
        /** Runs once and returns the number of transactions or messages. */
        int once() throws Exception;
    }

    private Limits() {}

    /** Transactions/s of plain JDBC from 32 threads. Each transaction inserts an order and its outbox row. */
    static double commits(Database database, int seconds) throws Exception {
        AtomicLong numbers = new AtomicLong(FIRST);
        List<Connection> connections = new ArrayList<>();
        List<Work> work = new ArrayList<>();
        try {
            for (int i = 0; i < COMMIT_THREADS; i++) {
                Connection connection = database.connect();
                connections.add(connection);
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                PreparedStatement trade = connection.prepareStatement(TRADE);
                PreparedStatement outbox = connection.prepareStatement(OUTBOX);
                work.add(() -> commit(connection, trade, outbox, numbers::incrementAndGet));
            }
            return rate(work, seconds);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
            database.change("DELETE FROM trades WHERE trade_no < 0");
            database.change("DELETE FROM outbox WHERE message_id LIKE 'order--%'");
        }
    }

    private static int commit(
            Connection connection, PreparedStatement trade, PreparedStatement outbox, LongSupplier numbers)
            throws Exception {
        long number = numbers.getAsLong();
        trade.setLong(1, number);
        trade.executeUpdate();
        outbox.setLong(1, number);
        outbox.executeUpdate();
        connection.commit();
        return 1;
    }

    /** Messages/s sent, received and deleted by four threads in batches of ten. */
    static double messages(SqsClient sqs, int seconds) throws Exception {
        String queue = sqs.createQueue(request -> request.queueName("bench")).queueUrl();
        try {
            List<Work> work = IntStream.range(0, QUEUE_THREADS)
                    .mapToObj(i -> (Work) () -> batch(sqs, queue))
                    .toList();
            return rate(work, seconds);
        } finally {
            sqs.deleteQueue(request -> request.queueUrl(queue));
        }
    }

    private static int batch(SqsClient sqs, String queue) {
        sqs.sendMessageBatch(request -> request.queueUrl(queue)
                .entries(IntStream.range(0, BATCH)
                        .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                .id("" + i)
                                .messageBody("{\"text\":\"" + "x".repeat(150) + "\"}")
                                .build())
                        .toList()));
        List<Message> messages = sqs.receiveMessage(
                        request -> request.queueUrl(queue).maxNumberOfMessages(BATCH))
                .messages();
        if (!messages.isEmpty()) {
            sqs.deleteMessageBatch(request -> request.queueUrl(queue)
                    .entries(IntStream.range(0, messages.size())
                            .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                                    .id("" + i)
                                    .receiptHandle(messages.get(i).receiptHandle())
                                    .build())
                            .toList()));
        }
        return messages.size();
    }

    /** Throughput per second of all workers together, after a warm-up. */
    private static double rate(List<Work> workers, int seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        AtomicLong done = new AtomicLong();
        long begin = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
        long end = begin + seconds * 1_000_000_000L;
        try {
            List<Callable<Void>> loops = new ArrayList<>();
            for (Work work : workers) {
                loops.add(() -> {
                    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                        int count = work.once();
                        if (now >= begin) {
                            done.addAndGet(count);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> loop : threads.invokeAll(loops)) {
                loop.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return done.get() / (double) seconds;
    }
}
