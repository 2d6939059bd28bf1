package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static FileTime touched(LibertyServer server, String check) {
        try {
            return Files.getLastModifiedTime(file(server, check));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void filesForTheContainersOwnCheckAreKeptFresh(Service service) {
        LibertyServer server = system.server(service);
        assertThat(file(server, "started")).exists();

        for (String check : List.of("live", "ready")) {
            FileTime before = touched(server, check);
            await().atMost(FRESH)
                    .untilAsserted(() -> assertThat(touched(server, check)).isGreaterThan(before));
        }
    }

    @Test
    void wrongDatabasePasswordIsReportedDown() {
        LibertyServer balance = system.server(Service.BALANCE);
        balance.stop();
        balance.startAgain(Map.of("DB_PASSWORD", "not-the-password"));
        try {
            await().atMost(START).until(() -> balance.answers("/health/started"));
            await().untilAsserted(() -> assertThat(
                            trading.get(Service.BALANCE, "/health/ready").body().toString())
                    .contains("Access denied"));

            await().during(Duration.ofSeconds(5)).until(() -> !balance.isReady());
            assertThat(trading.get(Service.BALANCE, "/health/ready").status()).isEqualTo(503);
            assertThat(trading.get(Service.BALANCE, "/health/ready").body().toString())
                    .doesNotContain("not-the-password");
            assertThat(file(balance, "ready")).doesNotExist();
            assertThat(trading.get(Service.BALANCE, "/balance").status()).isEqualTo(503);
        } finally {
            system.restart(Service.BALANCE, Map.of());
        }
    }

    @Test
    void applicationThatFailedToStartIsReportedDown() throws IOException {
        LibertyServer balance = system.server(Service.BALANCE);
        Path driver = balance.folder().resolve("jdbc/mysql-connector-j.jar");
        Path aside = balance.folder().resolve("driver-set-aside");
        balance.stop();
        Files.move(driver, aside);
        Log log = new Log(balance);
        try {
            balance.startAgain(Map.of());
            log.await("CWWKF0011I", START);

            await().during(Duration.ofSeconds(10))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !balance.isReady());
            assertThat(trading.get(Service.BALANCE, "/health/ready").status()).isEqualTo(503);
            assertThat(file(balance, "ready")).doesNotExist();
        } finally {
            balance.stop();
            Files.move(aside, driver);
            balance.startAgain(Map.of());
            balance.awaitReady(START);
        }
    }
}
