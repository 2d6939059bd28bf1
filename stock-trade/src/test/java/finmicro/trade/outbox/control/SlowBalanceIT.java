package finmicro.trade.outbox.control;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.time.Ticker;
import finmicro.trade.ledger.control.LedgerStub;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A slow stock-balance, in most tests an old one without the endpoint for entries. */
class SlowBalanceIT extends OutboxDatabase {

    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int MESSAGES = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final Ticker ticker = nanos::get;
    private final TransactionEnds ends = new TransactionEnds();
    private final List<OutboxMessage> claimedByAnotherTask = new ArrayList<>();

    @Test
    void roundEndsBeforeItsClaimExpiresAndTheRestIsDueAtOnceWithoutCountingAnAttempt() throws Exception {
        append(MESSAGES);
        TestWorkerContext context = TestWorkerContext.rounds(ticker, 1);
        try (LedgerStub balance = old(() -> {
            passTime(SLOW);
            claimedByAnotherTask.addAll(claim());
        })) {
            relay(balance).run(context);

            // A call may take 13.5 s with a token: none starts after 16.5 s of the 30 s.
            assertThat(settled(balance)).hasSize(2);
            assertThat(claimedByAnotherTask).isEmpty();
        }
        assertThat(context.maxHeartbeatGap()).isLessThanOrEqualTo(SLOW);
        assertThat(sql("UPDATE outbox SET reason = reason WHERE state = 'S' AND attempts = 1"))
                .isEqualTo(2);
        assertThat(sql("UPDATE outbox SET reason = reason WHERE state = 'W' AND attempts = 0"))
                .isEqualTo(MESSAGES - 2);
        assertThat(claim()).hasSize(MESSAGES - 2);
    }

    @Test
    void dispatchedMessagesClaimedFifteenSecondsAgoAreNotSentAfterTheirClaimExpires() throws Exception {
        AfterCommitDispatch dispatch = new AfterCommitDispatch(ends.registry());
        DispatchQueue queue = dispatch.queue(Destination.SETTLE);
        queue.open(MESSAGES);
        queue.reserve(3);
        append(3);
        claim();
        queue.offer(List.of(message(0), message(1), message(2)), System.nanoTime());
        passTime(DispatchQueue.MAX_AGE);
        try (LedgerStub balance = old(() -> {
            passTime(SLOW);
            claimedByAnotherTask.addAll(claim());
        })) {
            relay(balance, dispatch).run(TestWorkerContext.rounds(ticker, 1));

            assertThat(settled(balance)).hasSize(1);
            assertThat(claimedByAnotherTask).isEmpty();
        }
    }

    @Test
    void roundAfterASlowFailedBatchContinuesOneByOne() throws Exception {
        append(MESSAGES);
        try (LedgerStub balance = new LedgerStub()
                .before(() -> passTime(SLOW))
                .answering(request -> request.entries() > 1 ? 500 : LedgerStub.HANDLE)) {
            OutboxRelay relay = relay(balance);
            relay.run(TestWorkerContext.rounds(ticker, 2));

            assertThat(balance.requests())
                    .extracting(LedgerStub.Request::entries)
                    .containsExactly(MESSAGES, 1, 1, 1);
        }
    }

    @Test
    void drainEndsARoundAfterTheCurrentCallAndTheRestIsDueAtOnce() throws Exception {
        append(MESSAGES);
        try (LedgerStub balance = old(() -> {})) {
            TestWorkerContext context =
                    new TestWorkerContext(ticker, running -> !settled(balance).isEmpty());
            relay(balance).run(context);

            assertThat(settled(balance)).hasSize(1);
        }
        assertThat(claim()).hasSize(MESSAGES - 1);
    }

    @Test
    void twoRelaysSendEachMessageOnce() throws Exception {
        append(MESSAGES);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LedgerStub balance = old(() -> sleep(20))) {
            List<Future<?>> relays = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                relays.add(threads.submit(() -> {
                    new OutboxRelay(
                                    new TransactionalOutbox(dataSource, new AfterCommitDispatch(ends.registry())),
                                    new AfterCommitDispatch(ends.registry()),
                                    balance.sender(Ticker.SYSTEM),
                                    OpenTelemetry.noop())
                            .run(new TestWorkerContext(
                                    Ticker.SYSTEM, context -> settled(balance).size() >= MESSAGES));
                    return null;
                }));
            }
            for (Future<?> relay : relays) {
                relay.get();
            }

            assertThat(settled(balance)).hasSize(MESSAGES).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
        assertThat(sql("UPDATE outbox SET reason = reason WHERE state = 'S'")).isEqualTo(MESSAGES);
    }

    /** @param settling runs during each settlement, and not during the 404 of the missing endpoint */
    private static LedgerStub old(Runnable settling) throws IOException {
        return new LedgerStub().answering(request -> {
            if (!request.path().equals("/balance")) {
                return 404;
            }
            settling.run();
            return LedgerStub.HANDLE;
        });
    }

    /** The bodies of the settlements, in the order of the requests. */
    private static List<String> settled(LedgerStub balance) {
        return balance.requests().stream()
                .filter(request -> request.path().equals("/balance"))
                .map(LedgerStub.Request::body)
                .toList();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OutboxRelay relay(LedgerStub balance) {
        return relay(balance, new AfterCommitDispatch(ends.registry()));
    }

    private OutboxRelay relay(LedgerStub balance, AfterCommitDispatch dispatch) {
        return new OutboxRelay(
                new TransactionalOutbox(dataSource, dispatch),
                dispatch,
                balance.sender(ticker),
                OpenTelemetry.noop(),
                ticker);
    }

    /** Lets time pass for the relay and for the claims in the table, which all start with the test. */
    private void passTime(Duration duration) {
        long passed = Duration.ofNanos(nanos.addAndGet(duration.toNanos())).toSeconds();
        try {
            sql("UPDATE outbox SET next_attempt_at = UTC_TIMESTAMP(3) + INTERVAL " + (Outbox.CLAIM.toSeconds() - passed)
                    + " SECOND");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OutboxMessage message(int number) {
        return new OutboxMessage(10_012 + number, Destination.SETTLE, "{\"tradeNo\":" + number + "}", null, null);
    }

    private void append(int messages) throws Exception {
        Outbox outbox = new Outbox(dataSource, new AfterCommitDispatch(ends.registry()));
        List<OutboxMessage> all = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            all.add(message(i));
        }
        ends.run(() -> dataSource.inTransaction(Executors.callable(() -> outbox.append(all))));
    }

    /** Claims as another task does. */
    private List<OutboxMessage> claim() {
        return new TransactionalOutbox(dataSource, new AfterCommitDispatch(ends.registry()))
                .claim(Destination.SETTLE, MESSAGES, 1);
    }
}
