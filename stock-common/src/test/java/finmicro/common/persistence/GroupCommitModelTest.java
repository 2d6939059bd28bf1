package finmicro.common.persistence;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.problem.ProblemException;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets Lincheck explore interleavings of concurrent requests: a few in each build, many with {@code -Pchaos}. Lincheck assumes
 * that a parked thread may wake up at any time, so it cannot detect a lost wake-up; {@link GroupCommitTest} does.
 */
@Tag("chaos")
class GroupCommitModelTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static ModelCheckingOptions options() {
        boolean isLong = "long".equals(System.getProperty("chaos"));
        return new ModelCheckingOptions()
                .iterations(isLong ? 10 : 1)
                .invocationsPerIteration(isLong ? 10_000 : 100)
                .threads(2)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(1)
                // Reduces the interleavings: this code is irrelevant here, or guarded by the monitor.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                "finmicro.common.telemetry.Traces",
                                "finmicro.common.lifecycle.Readiness",
                                "finmicro.common.problem.Problem")
                        .allMethods()
                        .ignore())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("java.util.ArrayDeque", "java.util.ArrayList")
                        .allMethods()
                        .treatAsAtomic());
    }

    private static GroupCommit<Integer, Integer> commits(CommitQueue<Integer, Integer> queue, List<Integer> committed) {
        return new GroupCommit<>(
                "items",
                new Readiness(() -> 0),
                any -> Context.root(),
                items -> {
                    List<Integer> results = new ArrayList<>();
                    for (int item : items) {
                        committed.add(item);
                        results.add(-item);
                    }
                    return results;
                },
                queue);
    }

    /** Requests of two clients, followed by one more. */
    @Param(name = "item", gen = IntGen.class)
    public static class Requests {

        private final GroupCommit<Integer, Integer> commits =
                commits(new CommitQueue<>(LIMIT, () -> 0), new ArrayList<>());

        @Operation
        public int submit(int item) {
            return commits.submit(item);
        }
    }

    /** The expected results. */
    public static class Results {

        public int submit(int item) {
            return -item;
        }
    }

    @Test
    void everyRequestGetsItsOwnResultWhateverTheInterleaving() {
        options().sequentialSpecification(Results.class).check(Requests.class);
    }

    /** Requests that time out concurrently. */
    public static class Expiring {

        private final List<Integer> committed = new ArrayList<>();
        private final List<Integer> done = new ArrayList<>();
        private final List<Integer> withdrawn = new ArrayList<>();
        private volatile long now;
        private int last;
        private final CommitQueue<Integer, Integer> queue = new CommitQueue<>(LIMIT, () -> now);
        private final GroupCommit<Integer, Integer> commits = commits(queue, committed);

        @Operation
        public void submit() {
            int item = number();
            try {
                commits.submit(item);
                add(done, item);
            } catch (ProblemException e) {
                if (e.problem().detail().contains("was not carried out")) {
                    add(withdrawn, item);
                }
            }
        }

        @Operation
        public void expire() {
            now += 2 * LIMIT.toNanos();
        }

        private synchronized int number() {
            return ++last;
        }

        private synchronized void add(List<Integer> items, int item) {
            items.add(item);
        }

        @Validate
        public void eachIsCommittedOnceUnlessItIsWithdrawn() {
            if (!committed.containsAll(done) || committed.stream().anyMatch(withdrawn::contains)) {
                throw new AssertionError("committed " + committed + " done " + done + " withdrawn " + withdrawn);
            }
            if (committed.stream().distinct().count() != committed.size() || queue.isLed() || queue.waiting() > 0) {
                throw new AssertionError("committed " + committed + " waiting " + queue.waiting());
            }
        }
    }

    @Test
    void withdrawnItemIsNeverCommittedWhateverTheInterleaving() {
        options()
                .verifier(EpsilonVerifier.class)
                .actorsPerThread(2)
                .actorsAfter(0)
                .check(Expiring.class);
    }
}
