package finmicro.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.lifecycle.ManualClock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ExportFailuresTest {

    private final ManualClock clock = new ManualClock();
    private final ExportFailures failures = new ExportFailures(clock);

    private static LogRecord failure() {
        LogRecord failure = new LogRecord(Level.SEVERE, "Failed to export");
        failure.setThrown(new IllegalStateException("unavailable"));
        return failure;
    }

    @Test
    void outageIsLoggedOnce() {
        LogRecord first = failure();

        assertThat(failures.isLoggable(first)).isTrue();
        assertThat(failures.isLoggable(first)).isTrue();
        assertThat(first.getThrown()).isNull();
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(failures.isLoggable(failure())).isFalse();
        }
    }

    @Test
    void settingTheWallClockLogsNoNewOutage() {
        failures.isLoggable(failure());

        clock.jump(Duration.ofHours(1));

        assertThat(failures.isLoggable(failure())).isFalse();
    }

    @Test
    void nextOutageIsLoggedAgain() {
        failures.isLoggable(failure());

        clock.advance(Duration.ofMinutes(5));

        assertThat(failures.isLoggable(failure())).isTrue();
        assertThat(failures.isLoggable(failure())).isFalse();
    }
}
