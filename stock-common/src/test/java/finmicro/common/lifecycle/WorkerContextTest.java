package finmicro.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerContextTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void backoffGrowsWithConsecutiveFailuresUpToThreeSeconds() {
        WorkerContext context = new Recorder();

        IntStream.rangeClosed(1, 7).forEach(context::backOff);
        context.backOff(1_000_000);

        assertThat(calls)
                .containsExactly(
                        "pause 200",
                        "pause 400",
                        "pause 800",
                        "pause 1600",
                        "pause 3000",
                        "pause 3000",
                        "pause 3000",
                        "pause 3000");
    }

    @Test
    void repeatedTaskReportsEachOutcomeAndWaitsUntilTheServiceDrains() {
        new Recorder().repeat(Duration.ofMillis(50), Duration.ofMillis(10), () -> {
            calls.add("run");
            if (calls.indexOf("run") == calls.size() - 1) {
                throw new IllegalStateException("first run");
            }
        });

        assertThat(calls).containsExactly("run", "failure", "idle", "pause 10", "run", "success", "idle", "pause 50");
    }

    /** Runs for two rounds. */
    private final class Recorder implements WorkerContext {

        private int rounds;

        @Override
        public boolean running() {
            return rounds++ < 2;
        }

        @Override
        public boolean pause(Duration duration) {
            calls.add("pause " + duration.toMillis());
            return true;
        }

        @Override
        public void reportIdle() {
            calls.add("idle");
        }

        @Override
        public void reportSuccess() {
            calls.add("success");
        }

        @Override
        public void reportFailure(Throwable failure) {
            calls.add("failure");
        }
    }
}
