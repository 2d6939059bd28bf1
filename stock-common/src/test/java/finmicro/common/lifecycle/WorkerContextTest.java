package finmicro.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerContextTest {

    @Test
    void backoffGrowsWithConsecutiveFailuresUpToThreeSeconds() {
        List<Long> pauses = new ArrayList<>();
        WorkerContext context = new WorkerContext() {
            @Override
            public boolean running() {
                return true;
            }

            @Override
            public boolean pause(Duration duration) {
                pauses.add(duration.toMillis());
                return true;
            }

            @Override
            public void resting() {}

            @Override
            public void answered() {}

            @Override
            public void failed(Throwable failure) {}
        };

        for (int failures = 1; failures <= 7; failures++) {
            context.backOff(failures);
        }
        context.backOff(1_000_000);

        assertThat(pauses).containsExactly(200L, 400L, 800L, 1_600L, 3_000L, 3_000L, 3_000L, 3_000L);
    }
}
