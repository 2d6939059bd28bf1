package finmicro.common.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DifferenceReportTest {

    private static final Difference CASH = new Difference("alice", "cash", 100L, 99L);
    private static final Difference MISSING = new Difference("alice", "trade-10012 cash", null, -24_300L);

    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final DifferenceReport report = new DifferenceReport(OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .build());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(DifferenceReport.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        report.close();
    }

    private long gauge() {
        return metrics.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("reconciliation.differences"))
                .flatMap(metric -> metric.getLongGaugeData().getPoints().stream())
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void differenceIsLoggedOnceAndCountedUntilItIsResolved() {
        report.checked(Map.of("alice", List.of(CASH), "alice trade-10012", List.of(MISSING), "bob", List.of()));
        report.checked(Map.of("alice", List.of(CASH)));

        assertThat(gauge()).isEqualTo(2);
        assertThat(report.list()).containsExactly(CASH, MISSING);
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "SEVERE reconciliation.difference account=alice item=cash expected=100 actual=99",
                        "SEVERE reconciliation.difference account=alice item=trade-10012 cash expected=null actual=-24300");

        report.checked(Map.of("alice", List.of(), "alice trade-10012", List.of()));

        assertThat(gauge()).isZero();
        assertThat(lines.subList(2, 4))
                .containsExactlyInAnyOrder(
                        "INFO reconciliation.resolved subject=alice",
                        "INFO reconciliation.resolved subject=alice trade-10012");
    }
}
