package finmicro.trade.outbox.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import finmicro.common.lifecycle.WorkerContext;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AfterCommitDispatchIT extends OutboxDatabase {

    private final TransactionEnds ends = new TransactionEnds();
    private final AfterCommitDispatch dispatch = new AfterCommitDispatch(ends.registry());
    private final DispatchQueue queue = dispatch.queue(Destination.ORDER);
    private final Outbox outbox = new Outbox(dataSource, dispatch);
    private final RecordingSender market = new RecordingSender();
    private final OutboxRelay relay = new OutboxRelay(outbox, dispatch, market, OpenTelemetry.noop());

    @Test
    void dispatchedMessageIsClaimedAndOtherRelaysGetItOnlyAfterACrash() throws Exception {
        queue.open(10);

        append(10012);

        assertThat(claim()).isEmpty();
        assertThat(queue.take(10, 1)).containsExactly(message(10012));
        sql("UPDATE outbox SET next_attempt_at = next_attempt_at - INTERVAL " + Outbox.CLAIM.toSeconds() + " SECOND");
        assertThat(claim()).containsExactly(message(10012));
    }

    @Test
    void messageOfARolledBackTransactionIsNotDispatchedAndItsCapacityIsReleased() throws Exception {
        queue.open(1);

        assertThatThrownBy(() -> inTransaction(() -> {
                    outbox.append(message(10012));
                    throw new IllegalStateException("the trade could not be stored");
                }))
                .isInstanceOf(IllegalStateException.class);
        append(10013);

        assertThat(queue.take(10, 1)).containsExactly(message(10013));
    }

    @Test
    void messageIsDueInTheTableIfTheQueueIsFull() throws Exception {
        queue.open(1);

        append(10012);
        append(10013);

        assertThat(queue.takeSignal()).isTrue();
        assertThat(claim()).containsExactly(message(10013));
        assertThat(queue.take(10, 1)).containsExactly(message(10012));
    }

    @Test
    void moreThanABatchIsTakenInFullBatches() throws Exception {
        queue.open(50);
        for (int i = 0; i < 23; i++) {
            append(10012 + i);
        }

        assertThat(queue.take(100, 10)).hasSize(20);
        assertThat(queue.take(100, 10)).containsExactly(message(10032), message(10033), message(10034));
    }

    @Test
    void relaySendsDispatchedMessagesAndThoseOfAnotherTaskInTheTable() throws Exception {
        try (Running running = new Running()) {
            append(10012);
            await().until(() -> market.sent.contains(10012L));
            running.awaitSent(1);

            inTransaction(
                    () -> new Outbox(dataSource, new AfterCommitDispatch(ends.registry())).append(message(10013)));
            await().until(() -> market.sent.contains(10013L));
            running.awaitSent(2);
        }

        assertThat(market.sent).containsExactly(10012L, 10013L);
    }

    @Test
    void messageIsSentOnceTheMarketIsAvailableAgain() throws Exception {
        market.unavailable = true;
        try (Running running = new Running()) {
            append(10012);
            await().until(() -> market.failures > 1);
            market.unavailable = false;
            running.awaitSent(1);
        }

        assertThat(market.sent).containsExactly(10012L);
    }

    @Test
    void unsentMessagesOfAStoppedRelayAreDueAtOnce() throws Exception {
        queue.open(10);
        append(10012);

        relay.run(new SleepingContext(false));

        assertThat(claim()).containsExactly(message(10012));
        append(10013);
        assertThat(claim()).containsExactly(message(10013));
    }

    @Test
    void stoppingRelayWaitsForOpenTransactions() throws Exception {
        queue.open(10);
        CountDownLatch appended = new CountDownLatch(1);
        CompletableFuture<Void> toCommit = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> order = threads.submit(() -> {
                inTransaction(() -> {
                    outbox.append(message(10012));
                    appended.countDown();
                    toCommit.join();
                });
                return null;
            });
            appended.await();
            Future<?> stopping = threads.submit(() -> {
                relay.run(new SleepingContext(false));
                return null;
            });
            await().until(() -> !isOpen());
            toCommit.complete(null);
            order.get();
            stopping.get();
        } finally {
            threads.shutdownNow();
        }

        assertThat(claim()).containsExactly(message(10012));
    }

    /** For example after an outage that lasts longer than the claim: the message is due in the table again. */
    @Test
    void messageWhoseClaimMayExpireBeforeItIsSentIsLeftToTheTable() {
        queue.open(10);
        queue.reserve(2);

        queue.offer(List.of(message(10012)), System.nanoTime() - Outbox.CLAIM.toNanos());
        queue.offer(List.of(message(10013)), System.nanoTime());

        assertThat(queue.take(10, 1)).containsExactly(message(10013));
    }

    private static OutboxMessage message(long tradeNo) {
        return new OutboxMessage(tradeNo, Destination.ORDER, "{}", null, null);
    }

    private void append(long tradeNo) throws Exception {
        inTransaction(() -> outbox.append(message(tradeNo)));
    }

    private void inTransaction(Runnable work) throws Exception {
        ends.run(() -> dataSource.inTransaction(Executors.callable(work)));
    }

    private boolean isOpen() {
        boolean open = queue.reserve(1);
        if (open) {
            queue.release(1);
        }
        return open;
    }

    private List<OutboxMessage> claim() throws Exception {
        return dataSource.inTransaction(() -> outbox.claim(Destination.ORDER, 10, 1));
    }

    /** Records the trade numbers of the messages that it sends. */
    private static final class RecordingSender implements OutboxSender {

        private final Queue<Long> sent = new ConcurrentLinkedQueue<>();
        private volatile boolean unavailable;
        private volatile int failures;

        @Override
        public Destination destination() {
            return Destination.ORDER;
        }

        @Override
        public int batchSize() {
            return 10;
        }

        @Override
        public Map<String, Outcome> send(List<OutboxMessage> messages, ClaimDeadline deadline) {
            Map<String, Outcome> outcomes = new HashMap<>();
            for (OutboxMessage message : messages) {
                if (unavailable) {
                    failures++;
                    outcomes.put(message.messageId(), Outcome.unavailable("closed"));
                } else {
                    sent.add(message.tradeNo().getAsLong());
                    outcomes.put(message.messageId(), Outcome.SENT);
                }
            }
            return outcomes;
        }
    }

    /** Runs the relay until this is closed. */
    private final class Running implements AutoCloseable {

        private final SleepingContext context = new SleepingContext(true);
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Future<?> work = thread.submit(() -> {
            relay.run(context);
            return null;
        });

        Running() {
            await().until(AfterCommitDispatchIT.this::isOpen);
        }

        void awaitSent(int messages) {
            await().until(() -> sql("UPDATE outbox SET reason = '' WHERE state = 'S'") == messages);
        }

        @Override
        public void close() {
            context.running = false;
            relay.drain();
            await().until(work::isDone);
            thread.shutdown();
        }
    }

    private static final class SleepingContext implements WorkerContext {

        private volatile boolean running;

        SleepingContext(boolean running) {
            this.running = running;
        }

        @Override
        public boolean running() {
            return running;
        }

        @Override
        public boolean pause(Duration duration) {
            try {
                Thread.sleep(Math.max(0, duration.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return running;
        }

        @Override
        public void reportIdle() {}

        @Override
        public void reportSuccess() {}

        @Override
        public void reportFailure(Throwable failure) {}
    }
}
