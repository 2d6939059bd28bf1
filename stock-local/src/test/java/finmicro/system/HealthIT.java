package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Tag("long")
class HealthIT {

    private static final Duration START = Duration.ofMinutes(2);
    /** Twice the interval at which the server updates its files. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final TradingSystem system;
    private final Trading trading;

    HealthIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    private static Path file(LibertyServer server, String check) {
        return server.folder().resolve("health").resolve(check);
    }

    /** Time of the last UP result of the check. The epoch if there is no file. */
    private static FileTime touched(LibertyServer server, String check) {
        try {
            return Files.getLastModifiedTime(file(server, check));
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesForTheHealthCheckOfTheContainerAreUpdated() {
        FileTime now = FileTime.from(Instant.now());

        await().atMost(FRESH).untilAsserted(() -> {
            for (Service service : Service.values()) {
                assertThat(file(system.server(service), "started")).exists();
                assertThat(touched(system.server(service), "live")).isGreaterThan(now);
                assertThat(touched(system.server(service), "ready")).isGreaterThan(now);
            }
        });
    }

    /** Starts three extra tasks at once to save time. */
    @Test
    void serviceThatCannotWorkIsDownAndReportsWhy() throws IOException {
        try (LibertyServer withoutDriver = system.another(Service.BALANCE, Map.of());
                LibertyServer misconfigured = system.another(
                        Service.BALANCE,
                        Map.of(
                                "DB_HOST_MASTER", "(127.0.0.1:3306)",
                                "ECS_CONTAINER_METADATA_URI_V4", "http://127.0.0.1/v4/task"));
                LibertyServer refused = system.another(Service.BALANCE, Map.of("DB_PASSWORD", "not-the-password"))) {
            // Without the driver the server starts, but the application does not.
            Files.delete(withoutDriver.folder().resolve("jdbc/mysql-connector-j.jar"));
            List<LibertyServer> servers = List.of(withoutDriver, misconfigured, refused);
            servers.forEach(server -> server.startAgain(Map.of()));
            List<Log> logs = servers.stream().map(Log::new).toList();
            // Logged by the server, not by the application.
            logs.forEach(log -> log.await("CWWKF0011I", START));

            assertThat(misconfigured.answers("/health/started")).isFalse();
            assertThat(ready(misconfigured)).contains("DB_HOST_MASTER", "AUTH=off");
            await().untilAsserted(() ->
                    assertThat(ready(refused)).contains("Access denied").doesNotContain("not-the-password"));
            assertThat(refused.answers("/health/started")).isTrue();
            await().during(Duration.ofSeconds(5)).until(() -> servers.stream().noneMatch(LibertyServer::isReady));
            servers.forEach(this::assertDown);
        }
    }

    private void assertDown(LibertyServer balance) {
        assertThat(trading.get(balance, "/health/ready").status()).isEqualTo(503);
        assertThat(trading.get(balance, "/balance").status()).isNotEqualTo(200);
        assertThat(file(balance, "ready")).doesNotExist();
    }

    private String ready(LibertyServer balance) {
        return trading.get(balance, "/health/ready").body().toString();
    }
}
