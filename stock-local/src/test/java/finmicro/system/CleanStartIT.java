package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Starts a task of each service while all of its dependencies are available. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
class CleanStartIT {

    /** In log lines about messages that other tests left in a queue, e.g. {@code message.rejected}. */
    private static final String MESSAGE = " message.";

    private static final Duration READY = Duration.ofMinutes(3);

    private static List<LibertyServer> tasks;

    @BeforeAll
    static void start(TradingSystem system) {
        tasks = Stream.of(Service.values())
                .map(service -> system.another(service, Map.of()))
                .toList();
        tasks.forEach(task -> task.startAgain(Map.of()));
        tasks.forEach(task -> task.awaitReady(READY));
    }

    @AfterAll
    static void stop() {
        tasks.forEach(LibertyServer::terminate);
        tasks.forEach(LibertyServer::close);
    }

    @Test
    void healthyStartLogsNoErrorAndNoWarning() {
        assertThat(tasks).hasSize(4).allSatisfy(task -> {
            List<String> log = messages(task);
            assertThat(log).anyMatch(line -> line.contains("service.start"));
            assertThat(log)
                    .filteredOn(Log.WARNING.asPredicate())
                    .filteredOn(line -> !line.contains(MESSAGE))
                    .isEmpty();
        });
    }

    private static List<String> messages(LibertyServer task) throws IOException {
        return Files.readAllLines(task.folder().resolve("logs/messages.log"));
    }
}
