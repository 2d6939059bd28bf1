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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
class HealthIT {

    private static final Duration START = Duration.ofMinutes(2);
    /** Twice the interval at which the server touches its files. */
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

    /** When the check was last found UP; long ago where there is no such file. */
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
    void filesForTheContainersOwnCheckAreKeptFresh() {
        FileTime now = FileTime.from(Instant.now());

        await().atMost(FRESH).untilAsserted(() -> {
            for (Service service : Service.values()) {
                assertThat(file(system.server(service), "started")).exists();
                assertThat(touched(system.server(service), "live")).isGreaterThan(now);
                assertThat(touched(system.server(service), "ready")).isGreaterThan(now);
            }
        });
    }

    /** One after the other in one test, since each costs a start. */
    @Test
    void serviceThatCannotWorkIsReportedDownAndSaysWhy() throws IOException {
        LibertyServer balance = system.server(Service.BALANCE);
        try {
            assertDownWithoutItsDriver(balance);
            assertDownWithAWrongConfiguration(balance);
            assertDownWithAWrongPassword(balance);
        } finally {
            system.restart(Service.BALANCE, Map.of());
        }
    }

    /** The application fails to start, while the server does. */
    private void assertDownWithoutItsDriver(LibertyServer balance) throws IOException {
        Path driver = balance.folder().resolve("jdbc/mysql-connector-j.jar");
        Path aside = balance.folder().resolve("driver-set-aside");
        balance.kill();
        Files.move(driver, aside);
        try {
            startAgain(balance, Map.of());
            await().during(Duration.ofSeconds(5)).until(() -> !balance.isReady());
            assertDown(balance);
        } finally {
            Files.move(aside, driver);
        }
    }

    private void assertDownWithAWrongConfiguration(LibertyServer balance) {
        startAgain(balance, Map.of("DB_HOST_MASTER", "(127.0.0.1:3306)"));

        assertThat(balance.answers("/health/started")).isFalse();
        assertThat(ready()).contains("DB_HOST_MASTER");
        assertDown(balance);
    }

    private void assertDownWithAWrongPassword(LibertyServer balance) {
        startAgain(balance, Map.of("DB_PASSWORD", "not-the-password"));

        await().untilAsserted(
                        () -> assertThat(ready()).contains("Access denied").doesNotContain("not-the-password"));
        await().during(Duration.ofSeconds(5)).until(() -> !balance.isReady());
        assertThat(balance.answers("/health/started")).isTrue();
        assertDown(balance);
    }

    private void assertDown(LibertyServer balance) {
        assertThat(trading.get(Service.BALANCE, "/health/ready").status()).isEqualTo(503);
        assertThat(trading.get(Service.BALANCE, "/balance").status()).isNotEqualTo(200);
        assertThat(file(balance, "ready")).doesNotExist();
    }

    /** Starts it in a changed environment, and returns when the server, not the application, says that it is up. */
    private static void startAgain(LibertyServer balance, Map<String, String> changes) {
        balance.kill();
        Log log = new Log(balance);
        balance.startAgain(changes);
        log.await("CWWKF0011I", START);
    }

    private String ready() {
        return trading.get(Service.BALANCE, "/health/ready").body().toString();
    }
}
