package finmicro.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ExportFailuresTest {

    private final ExportFailures failures = new ExportFailures();

    private static LogRecord failure() {
        LogRecord failure = new LogRecord(Level.SEVERE, "Failed to export");
        failure.setThrown(new IllegalStateException("away"));
        return failure;
    }

    @Test
    void outageIsOneLineHoweverOftenItIsAskedFor() {
        LogRecord first = failure();

        assertThat(failures.isLoggable(first)).isTrue();
        assertThat(failures.isLoggable(first)).isTrue();
        assertThat(first.getThrown()).isNull();
        assertThat(failures.isLoggable(failure())).isFalse();
        assertThat(failures.isLoggable(failure())).isFalse();
    }
}
