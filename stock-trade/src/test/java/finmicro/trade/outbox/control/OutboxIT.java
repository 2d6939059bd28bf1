package finmicro.trade.outbox.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxIT extends OutboxDatabase {

    private final TransactionEnds ends = new TransactionEnds();
    /** No queue is open, so all appended messages are due in the table. */
    private final AfterCommitDispatch dispatch = new AfterCommitDispatch(ends.registry());

    private final Outbox outbox = new Outbox(dataSource, dispatch);

    @Test
    void messageIsClaimedOnceAndDueAgainOnlyWhenTheClaimExpires() throws Exception {
        append(10012);

        assertThat(claim(10)).containsExactly(message(10012));
        assertThat(claim(10)).isEmpty();

        letTimePass(Duration.ofSeconds(25));
        assertThat(claim(10)).isEmpty();
        letTimePass(Duration.ofSeconds(5));
        assertThat(claim(10)).hasSize(1);
    }

    /** ADR 1: a claim lasts 30 s. docs/architecture.md: sent messages are retained for a day. */
    @Test
    void durationsMatchTheDocumentation() {
        assertThat(Outbox.CLAIM).isEqualTo(Duration.ofSeconds(30));
        assertThat(DispatchQueue.MAX_AGE).isEqualTo(Duration.ofSeconds(15));
        assertThat(Outbox.RETENTION).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void backoffOfARetriedMessageDoublesUpToAMinute() throws Exception {
        append(10012);
        for (long seconds : new long[] {2, 4, 8, 16, 32, 60, 60}) {
            assertThat(claim(10)).hasSize(1);
            mark("order-10012", Outcome.retry("busy"));

            long millis = number(
                    "SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), next_attempt_at) DIV 1000" + " FROM outbox");
            // The message was marked a moment ago.
            assertThat(millis).isBetween(seconds * 1_000 - 1_500, seconds * 1_000);
            letTimePass(Duration.ofSeconds(60));
        }
    }

    @Test
    void messageThatWasNotAttemptedIsDueAtOnceAndNoAttemptIsCounted() throws Exception {
        append(10012);
        claim(10);
        mark("order-10012", Outcome.retry("busy"));
        letTimePass(Duration.ofSeconds(60));
        claim(10);

        mark("order-10012", Outcome.UNTRIED);

        assertThat(number("SELECT attempts FROM outbox")).isEqualTo(1);
        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void messageWithoutATimeOfAcceptanceIsClaimed() throws Exception {
        OutboxMessage old = new OutboxMessage(10012, Destination.ORDER, "{}", null, null);
        inTransaction(() -> {
            outbox.append(old);
            return null;
        });

        assertThat(claim(10)).containsExactly(old);
    }

    @Test
    void partialBatchWaitsUnlessNoFullBatchIsDue() throws Exception {
        for (int i = 0; i < 23; i++) {
            append(10012 + i);
        }

        assertThat(claimBatches(100)).hasSize(20);
        assertThat(claimBatches(100)).containsExactly(message(10032), message(10033), message(10034));
        assertThat(claimBatches(100)).isEmpty();
    }

    @Test
    void eachMessageIsMarkedWithItsOutcome() throws Exception {
        for (int i = 1; i <= 5; i++) {
            append(i);
        }
        claim(10);

        inTransaction(() -> {
            outbox.mark(Map.of(
                    "order-1", Outcome.SENT,
                    "order-2", Outcome.SENT,
                    "order-3", Outcome.refused("no such queue"),
                    "order-4", Outcome.unavailable("connection refused"),
                    "order-5", Outcome.retry("busy")));
            return null;
        });

        assertThat(claim(10)).containsExactly(message(4));
        assertThat(number("SELECT COUNT(*) FROM outbox WHERE state = 'S' AND sent_at IS NOT NULL AND reason = ''"))
                .isEqualTo(2);
        assertThat(number("SELECT COUNT(*) FROM outbox WHERE state = 'P' AND reason = 'no such queue'"))
                .isEqualTo(1);
        letTimePass(Duration.ofSeconds(3));
        assertThat(claim(10)).containsExactly(message(5));
    }

    @Test
    void messagesAreAppendedAllOrNone() throws Exception {
        append(10013);

        assertThatThrownBy(() -> inTransaction(() -> {
                    outbox.append(List.of(message(10012), message(10013)));
                    return null;
                }))
                .isInstanceOf(Outbox.OutboxException.class);

        assertThat(claim(10)).containsExactly(message(10013));
    }

    @Test
    void waitingAndParkedMessagesAreUnsentAndSentOnesAreNot() throws Exception {
        assertThat(outbox.unsent()).isEmpty();

        append(10012);
        append(10013);
        claim(10);
        sql("UPDATE outbox SET created_at = created_at - INTERVAL 100 SECOND WHERE message_id = 'order-10012'");
        mark("order-10012", Outcome.refused("no such queue"));
        assertThat(outbox.unsent())
                .extracting(Outbox.Unsent::destination, Outbox.Unsent::parked, Outbox.Unsent::messages)
                .containsExactlyInAnyOrder(tuple(Destination.ORDER, true, 1L), tuple(Destination.ORDER, false, 1L));
        assertThat(outbox.unsent())
                .filteredOn(Outbox.Unsent::parked)
                .allSatisfy(parked ->
                        assertThat(parked.oldest()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(110)));

        sql("UPDATE outbox SET state = 'S' WHERE message_id = 'order-10012'");
        assertThat(outbox.unsent())
                .extracting(Outbox.Unsent::parked, Outbox.Unsent::messages)
                .containsExactly(tuple(false, 1L));
    }

    @Test
    void sentMessageIsNeverDueAgain() throws Exception {
        append(10012);
        claim(10);

        mark("order-10012", Outcome.SENT);

        letTimePass(Duration.ofHours(1));
        assertThat(claim(10)).isEmpty();
    }

    @Test
    void backoffOfARetriedMessageGrowsAndNeverExceedsAMinute() throws Exception {
        append(10012);
        long before = 0;
        for (int attempt = 1; attempt <= 12; attempt++) {
            assertThat(claim(10)).hasSize(1);
            mark("order-10012", Outcome.retry("busy"));
            long wait = number("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), next_attempt_at) + 1 FROM outbox");
            assertThat(wait).isGreaterThanOrEqualTo(before - 1).isLessThanOrEqualTo(60);
            before = wait;
            letTimePass(Duration.ofSeconds(61));
        }
        assertThat(before).isGreaterThan(55);
    }

    @Test
    void messageForAnUnavailableDestinationStaysDue() throws Exception {
        append(10012);
        claim(10);

        mark("order-10012", Outcome.unavailable("connection refused"));

        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void refusedMessageIsParkedUntilAnOperatorReleasesIt() throws Exception {
        append(10012);
        claim(10);

        mark("order-10012", Outcome.refused("x".repeat(2_000)));

        letTimePass(Duration.ofDays(2));
        assertThat(claim(10)).isEmpty();
        sql("UPDATE outbox SET sent_at = created_at - INTERVAL 2 DAY");
        assertThat(inTransaction(outbox::purge)).isZero();
        sql("UPDATE outbox SET state = 'W' WHERE state = 'P'");
        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void messagesAreClaimedByDestination() throws Exception {
        append(10012);

        assertThat(inTransaction(() -> outbox.claim(Destination.SETTLE, 10, 1))).isEmpty();
        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void sameMessageIsNotAppendedTwice() throws Exception {
        append(10012);

        assertThatThrownBy(() -> append(10012)).isInstanceOf(Outbox.OutboxException.class);
        assertThat(number("SELECT COUNT(*) FROM outbox")).isEqualTo(1);
    }

    @Test
    void messageOfARolledBackTransactionIsNotStored() throws Exception {
        assertThatThrownBy(() -> inTransaction(() -> {
                    outbox.append(message(10012));
                    throw new IllegalStateException("the trade could not be stored");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(claim(10)).isEmpty();
    }

    @Test
    void concurrentRelaysClaimEachMessageOnceWhileOrdersArrive() throws Exception {
        int before = 200;
        for (int i = 0; i < before; i++) {
            append(20_000 + i);
        }
        ConcurrentLinkedQueue<String> claimed = new ConcurrentLinkedQueue<>();
        ExecutorService relays = Executors.newFixedThreadPool(5);
        try {
            List<Future<?>> work = new ArrayList<>();
            IntStream.range(0, 4).forEach(relay -> work.add(relays.submit(() -> relayUntilEmpty(claimed))));
            work.add(relays.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    append(30_000 + i);
                }
                return null;
            }));
            for (Future<?> result : work) {
                result.get();
            }
            relayUntilEmpty(claimed);
        } finally {
            relays.shutdownNow();
        }

        assertThat(claimed).hasSize(before + 100).doesNotHaveDuplicates();
    }

    @Test
    void onlyMessagesSentLongAgoArePurged() throws Exception {
        append(1);
        append(2);
        append(3);
        claim(10);
        mark("order-1", Outcome.SENT);
        mark("order-2", Outcome.SENT);
        sql("UPDATE outbox SET sent_at = sent_at - INTERVAL 24 HOUR - INTERVAL 1 SECOND WHERE message_id = 'order-1'");
        sql("UPDATE outbox SET sent_at = sent_at - INTERVAL 23 HOUR - INTERVAL 55 MINUTE WHERE message_id = 'order-2'");

        assertThat(inTransaction(outbox::purge)).isEqualTo(1);

        assertThat(number("SELECT COUNT(*) FROM outbox WHERE message_id IN ('order-2', 'order-3')"))
                .isEqualTo(2);
    }

    @Test
    void relayIsSignalledAfterTheCommit() throws Exception {
        inTransaction(() -> {
            outbox.append(message(10012));
            assertThat(isSignalled()).isFalse();
            return null;
        });

        assertThat(isSignalled()).isTrue();
    }

    @Test
    void relayIsNotSignalledAfterARollback() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    outbox.append(message(10012));
                    throw new IllegalStateException("the trade could not be stored");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(isSignalled()).isFalse();
    }

    private boolean isSignalled() {
        return dispatch.queue(Destination.ORDER).takeSignal();
    }

    private Void relayUntilEmpty(ConcurrentLinkedQueue<String> all) throws Exception {
        List<OutboxMessage> claimed = claim(10);
        while (!claimed.isEmpty()) {
            Map<String, Outcome> sent = new HashMap<>();
            claimed.forEach(message -> sent.put(message.messageId(), Outcome.SENT));
            all.addAll(sent.keySet());
            inTransaction(() -> {
                outbox.mark(sent);
                return null;
            });
            claimed = claim(10);
        }
        return null;
    }

    private static OutboxMessage message(long tradeNo) {
        return new OutboxMessage(
                tradeNo,
                Destination.ORDER,
                "{\"tradeNo\":" + tradeNo + "}",
                null,
                Instant.ofEpochMilli(1_591_496_700_123L));
    }

    private void append(long tradeNo) throws Exception {
        inTransaction(() -> {
            outbox.append(message(tradeNo));
            return null;
        });
    }

    private List<OutboxMessage> claim(int limit) throws Exception {
        return inTransaction(() -> outbox.claim(Destination.ORDER, limit, 1));
    }

    private List<OutboxMessage> claimBatches(int limit) throws Exception {
        return inTransaction(() -> outbox.claim(Destination.ORDER, limit, 10));
    }

    private void mark(String messageId, Outcome outcome) throws Exception {
        inTransaction(() -> {
            outbox.mark(Map.of(messageId, outcome));
            return null;
        });
    }

    private <T> T inTransaction(Callable<T> work) throws Exception {
        return ends.run(() -> dataSource.inTransaction(work));
    }

    /** Changes the rows as if this time had passed. */
    private static void letTimePass(Duration duration) throws SQLException {
        sql("UPDATE outbox SET next_attempt_at = next_attempt_at - INTERVAL " + duration.toSeconds() + " SECOND");
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
