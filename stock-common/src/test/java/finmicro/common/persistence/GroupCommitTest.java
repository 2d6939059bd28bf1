package finmicro.common.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import finmicro.common.lifecycle.ManualClock;
import finmicro.common.lifecycle.Readiness;
import finmicro.common.problem.ProblemException;
import finmicro.common.time.Ticker;
import io.opentelemetry.context.Context;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final ManualClock clock = new ManualClock();
    private final Readiness readiness = new Readiness(clock);
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<List<Integer>> groups = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final BlockingQueue<UnaryOperator<List<Integer>>> permits = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    @Test
    void singleRequestIsCommittedWithoutWaiting() {
        GroupCommit<Integer, Integer> commits = free();

        assertThat(commits.submit(1)).isEqualTo(-1);
        assertThat(commits.submit(2)).isEqualTo(-2);

        assertThat(groups).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void requestsDuringATransactionShareTheNextOne() throws Exception {
        GroupCommit<Integer, Integer> commits = gated();
        List<Future<Integer>> results = submitAll(commits, 1, 5);

        permits.add(UnaryOperator.identity());
        permits.add(UnaryOperator.identity());

        for (int i = 0; i < 5; i++) {
            assertThat(results.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(-1 - i);
        }
        assertThat(groups).extracting(List::size).containsExactly(1, 4);
    }

    @Test
    void eachConcurrentItemIsCommittedOnceAndGetsItsOwnResult() throws Exception {
        GroupCommit<Integer, Integer> commits = free();
        List<Future<Boolean>> clientsDone = new ArrayList<>();
        AtomicInteger numbers = new AtomicInteger();
        for (int client = 0; client < 32; client++) {
            clientsDone.add(clients.submit(() -> IntStream.range(0, 500).allMatch(any -> {
                int number = numbers.incrementAndGet();
                return commits.submit(number) == -number;
            })));
        }
        for (Future<Boolean> done : clientsDone) {
            assertThat(done.get(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(groups.stream().flatMap(List::stream)).hasSize(32 * 500).doesNotHaveDuplicates();
    }

    @Test
    void failingItemDoesNotAffectOthers() throws Exception {
        GroupCommit<Integer, Integer> commits = gated();
        List<Future<Integer>> results = submitAll(commits, 1, 4);

        UnaryOperator<List<Integer>> threeCannot = group -> {
            if (group.contains(3)) {
                throw new IllegalStateException("3 cannot be done");
            }
            return group;
        };
        IntStream.range(0, 5).forEach(any -> permits.add(threeCannot));

        assertThat(results.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        assertThat(results.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(-2);
        assertThatThrownBy(() -> results.get(2).get(10, TimeUnit.SECONDS))
                .rootCause()
                .hasMessage("3 cannot be done");
        assertThat(results.get(3).get(10, TimeUnit.SECONDS)).isEqualTo(-4);
        assertThat(groups).containsExactly(List.of(1), List.of(2), List.of(4));
    }

    @Test
    void outageFailsAllWaitingRequestsAndNoLaterOnes() throws Exception {
        GroupCommit<Integer, Integer> commits = gated();
        List<Future<Integer>> results = submitAll(commits, 1, 3);

        permits.add(group -> {
            throw new UncheckedIOException(new ConnectException("refused"));
        });

        for (Future<Integer> result : results) {
            assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("refused");
        }
        permits.add(UnaryOperator.identity());
        assertThat(commits.submit(4)).isEqualTo(-4);
    }

    @Test
    void errorIsThrownAndTheNextRequestSucceeds() {
        GroupCommit<Integer, Integer> commits = gated();
        permits.add(group -> {
            throw new StackOverflowError();
        });

        assertThatThrownBy(() -> commits.submit(1))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);

        permits.add(UnaryOperator.identity());
        assertThat(commits.submit(2)).isEqualTo(-2);
    }

    @Test
    void requestWaitsUpToTenSeconds() {
        assertThat(GroupCommit.WAIT_LIMIT).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void timedOutRequestIsWithdrawnAndNeverCommitted() throws Exception {
        GroupCommit<Integer, Integer> commits = gated(Duration.ofMillis(500));
        Future<Integer> first = clients.submit(() -> commits.submit(1));
        await().until(() -> commits.waiting() == 0 && commits.isAtWork());

        assertThatThrownBy(() -> commits.submit(2))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("was not carried out");

        permits.add(UnaryOperator.identity());
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        permits.add(UnaryOperator.identity());
        assertThat(commits.submit(3)).isEqualTo(-3);
        assertThat(groups).containsExactly(List.of(1), List.of(3));
    }

    @Test
    void requestThatTimesOutDuringItsTransactionHasAnUnknownOutcome() throws Exception {
        GroupCommit<Integer, Integer> commits = gated(Duration.ofSeconds(2));
        List<Future<Integer>> results = submitAll(commits, 1, 3);
        permits.add(UnaryOperator.identity());
        assertThat(results.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(-1);

        assertThatThrownBy(() -> results.get(2).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("may have been carried out")
                .satisfies(e ->
                        assertThat(((ProblemException) e).problem().status()).isEqualTo(503));

        permits.add(UnaryOperator.identity());
        assertThat(results.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(-2);
        assertThat(groups).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void hangingTransactionMakesTheServiceNotReady() throws Exception {
        GroupCommit<Integer, Integer> commits = gated();
        Future<Integer> hanging = clients.submit(() -> commits.submit(1));
        await().until(() -> begun.get() == 1);
        clock.advance(Duration.ofSeconds(119));
        assertThat(readiness.data()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(readiness.data().keySet()).singleElement().asString().startsWith("items-");
        assertThat(readiness.data()).containsValue("stuck for 120 s");
        permits.add(UnaryOperator.identity());
        assertThat(hanging.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        assertThat(readiness.data()).isEmpty();
    }

    private GroupCommit<Integer, Integer> free() {
        return new GroupCommit<>("items", readiness, any -> Context.root(), this::committed);
    }

    private GroupCommit<Integer, Integer> gated() {
        return gated(GroupCommit.WAIT_LIMIT);
    }

    /** Each transaction waits for a permit, which determines its outcome. */
    private GroupCommit<Integer, Integer> gated(Duration limit) {
        return new GroupCommit<>(
                "items",
                readiness,
                any -> Context.root(),
                group -> committed(permit().apply(group)),
                new CommitQueue<>(limit, Ticker.SYSTEM));
    }

    private UnaryOperator<List<Integer>> permit() {
        begun.incrementAndGet();
        try {
            return permits.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> committed(List<Integer> group) {
        groups.add(group);
        return group.stream().map(number -> -number).toList();
    }

    /** The first request begins a transaction; the others queue behind it in this order. */
    private List<Future<Integer>> submitAll(GroupCommit<Integer, Integer> commits, int from, int to) {
        List<Future<Integer>> results = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            int one = number;
            int waiting = results.isEmpty() ? 0 : results.size() - 1;
            await().until(() -> commits.waiting() == waiting);
            results.add(clients.submit(() -> commits.submit(one)));
            if (results.size() == 1) {
                await().until(() -> commits.waiting() == 0 && commits.isAtWork());
            }
        }
        await().until(() -> commits.waiting() == results.size() - 1);
        return results;
    }
}
