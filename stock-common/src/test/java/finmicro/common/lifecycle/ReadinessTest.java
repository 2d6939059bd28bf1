package finmicro.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final ManualClock clock = new ManualClock();
    private final Readiness readiness = new Readiness(clock);

    private void startWithDatabase() {
        readiness.expect("database");
        readiness.started();
    }

    @Test
    void notReadyUntilEachDependencyWasAvailableOnce() {
        readiness.expect("queue");
        startWithDatabase();
        readiness.answered("database");
        assertThat(readiness.isReady()).isFalse();

        readiness.answered("queue");

        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void laterOutageOnlyShowsInTheData() {
        startWithDatabase();
        readiness.answered("database");

        readiness.failed("database", "Connection refused");

        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.data()).containsEntry("database", "Connection refused");
    }

    @Test
    void notReadyWhileDraining() {
        startWithDatabase();
        readiness.answered("database");

        readiness.draining();

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.isStarted()).isTrue();
    }

    @Test
    void notReadyWhenAThreadSendsNoHeartbeat() {
        startWithDatabase();
        readiness.answered("database");
        readiness.alive("queue-1");
        readiness.alive("queue-2");
        readiness.quiet("queue-2");
        clock.advance(Duration.ofSeconds(119));
        assertThat(readiness.isReady()).isTrue();

        clock.advance(Duration.ofSeconds(1));

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.data()).containsEntry("queue-1", "stuck for 120 s").doesNotContainKey("queue-2");
    }

    @Test
    void notReadyWhileAnActivityTakesTooLong() {
        startWithDatabase();
        readiness.answered("database");
        readiness.busy("commit-1");
        readiness.busy("commit-2");
        readiness.idle("commit-1");

        clock.advance(Duration.ofSeconds(120));

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.data()).containsKey("commit-2").doesNotContainKey("commit-1");
        readiness.idle("commit-2");
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void settingTheWallClockForwardMakesNoThreadStuck() {
        startWithDatabase();
        readiness.answered("database");
        readiness.alive("queue-1");

        clock.jump(Duration.ofMinutes(3));

        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void settingTheWallClockBackHidesNoStuckThread() {
        startWithDatabase();
        readiness.answered("database");
        readiness.alive("queue-1");

        clock.jump(Duration.ofMinutes(-3));
        clock.advance(Duration.ofSeconds(120));

        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void notReadyBeforeTheStart() {
        assertThat(readiness.isStarted()).isFalse();
        assertThat(readiness.isReady()).isFalse();
    }
}
