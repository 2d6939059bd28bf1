package finmicro.common.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.lifecycle.WorkerContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PurgeTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Queue<Integer> pieces = new ArrayDeque<>();
    private int purges;

    @Test
    void oldRowsAreDeletedInBatchesAtTheStartAndEveryTenMinutes() {
        pieces.addAll(List.of(1_000, 1_000, 7, 0));

        new Purge("outbox", this::piece).run(new Rounds(3));

        // Four batches at the start, then one check each time.
        assertThat(purges).isEqualTo(4 + 2);
        assertThat(pauses).containsExactly(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10));
        assertThat(failures).isEmpty();
    }

    @Test
    void failedPurgeIsRetriedInTheNextRound() {
        new Purge("outbox", () -> {
                    purges++;
                    throw new IllegalStateException("the database is unavailable");
                })
                .run(new Rounds(2));

        assertThat(purges).isEqualTo(2);
        assertThat(failures).hasSize(2);
    }

    private int piece() {
        purges++;
        return pieces.isEmpty() ? 0 : pieces.remove();
    }

    /** Runs for this number of pauses, which take no time. */
    private final class Rounds implements WorkerContext {

        private final int rounds;

        Rounds(int rounds) {
            this.rounds = rounds;
        }

        @Override
        public boolean running() {
            return pauses.size() < rounds;
        }

        @Override
        public boolean pause(Duration duration) {
            pauses.add(duration);
            return running();
        }

        @Override
        public void reportIdle() {}

        @Override
        public void reportSuccess() {}

        @Override
        public void reportFailure(Throwable failure) {
            failures.add(failure);
        }
    }
}
