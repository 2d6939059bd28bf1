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

/** stock-balance answers slowly, and does not know the endpoint for entries, as the old one. */
class SlowBalanceIT extends OutboxDatabase {

    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int ANY = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final Ticker ticker = nanos::get;
    private final TransactionEnds ends = new TransactionEnds();
    private final List<OutboxMessage> takenByAnotherTask = new ArrayList<>();

    @Test
    void roundEndsBeforeItsClaimExpiresAndLeavesTheRestDueAtOnceWithoutAnAttemptCounted() throws Exception {
        append(ANY);
        TestWorkerContext context = TestWorkerContext.rounds(ticker, 1);
        try (LedgerStub balance = old(() -> {
            passTime(SLOW);
            takenByAnotherTask.addAll(claim());
        })) {
            relay(balance).run(context);

            // A call may take 13.5 s with a token: none starts after 16.5 s of the 30 s.
            assertThat(settled(balance)).hasSize(2);
            assertThat(takenByAnotherTask).isEmpty();
        }
        assertThat(context.longestSilence()).isLessThanOrEqualTo(SLOW);
        assertThat(sql("UPDATE outbox SET reason = reason WHERE state = 'S' AND attempts = 1"))
                .isEqualTo(2);
        assertThat(sql("UPDATE outbox SET reason = reason WHERE state = 'W' AND attempts = 0"))
                .isEqualTo(ANY - 2);
        assertThat(claim()).hasSize(ANY - 2);
    }

    @Test
    void whatWasHandedOverAndClaimedFifteenSecondsAgoIsNotSentLaterThanItsClaim() throws Exception {
        AfterCommitDispatch dispatch = new AfterCommitDispatch(ends.registry());
        DispatchQueue queue = dispatch.queue(Destination.SETTLE);
        queue.open(ANY);
        queue.reserve(3);
        append(3);
        claim();
        queue.offer(List.of(message(0), message(1), message(2)), System.nanoTime());
        passTime(DispatchQueue.MAX_AGE);
        try (LedgerStub balance = old(() -> {
            passTime(SLOW);
            takenByAnotherTask.addAll(claim());
        })) {
            relay(balance, dispatch).run(TestWorkerContext.rounds(ticker, 1));

            assertThat(settled(balance)).hasSize(1);
            assertThat(takenByAnotherTask).isEmpty();
        }
    }

    @Test
    void roundAfterABatchThatTookTheTimeGoesOnOneByOne() throws Exception {
        append(ANY);
        try (LedgerStub balance = new LedgerStub()
                .before(() -> passTime(SLOW))
                .answering(request -> request.entries() > 1 ? 500 : LedgerStub.HANDLE)) {
            OutboxRelay relay = relay(balance);
            relay.run(TestWorkerContext.rounds(ticker, 2));

            assertThat(balance.requests())
                    .extracting(LedgerStub.Request::entries)
                    .containsExactly(ANY, 1, 1, 1);
        }
    }

    @Test
    void drainEndsARoundAfterTheCallAtHandAndLeavesTheRestDueAtOnce() throws Exception {
        append(ANY);
        try (LedgerStub balance = old(() -> {})) {
            TestWorkerContext context =
                    new TestWorkerContext(ticker, one -> !settled(balance).isEmpty());
            relay(balance).run(context);

            assertThat(settled(balance)).hasSize(1);
        }
        assertThat(claim()).hasSize(ANY - 1);
    }

    @Test
    void twoRelaysSendEachMessageOnce() throws Exception {
        append(ANY);
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
                                    Ticker.SYSTEM, context -> settled(balance).size() >= ANY));
                    return null;
                }));
            }
            for (Future<?> one : relays) {
                one.get();
            }

            assertThat(settled(balance)).hasSize(ANY).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
        assertThat(sql("UPDATE outbox SET reason = reason WHERE state = 'S'")).isEqualTo(ANY);
    }

    /** Only what settles takes the time, so that each round has the same. */
    private static LedgerStub old(Runnable settling) throws IOException {
        return new LedgerStub().answering(request -> {
            if (!request.path().equals("/balance")) {
                return 404;
            }
            settling.run();
            return LedgerStub.HANDLE;
        });
    }

    /** What was settled one by one, in the order of the requests. */
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

    /** Lets time pass for the relay, and for the claims in the table, which all began with the test. */
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
        ends.told(() -> dataSource.inTransaction(Executors.callable(() -> outbox.append(all))));
    }

    /** What another task would claim now. */
    private List<OutboxMessage> claim() {
        return new TransactionalOutbox(dataSource, new AfterCommitDispatch(ends.registry()))
                .claim(Destination.SETTLE, ANY, 1);
    }
}
