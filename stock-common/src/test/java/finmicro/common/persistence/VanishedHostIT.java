package finmicro.common.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Simulates a host that becomes unreachable during a transaction: stops the client process, so its connection stays open. */
@Tag("chaos")
@Tag("long")
class VanishedHostIT {

    /** A shorter timeout for {@code verify}; the mechanism is the same. */
    private static final String SHORT_WAIT = "wait_timeout=8,";

    private EmbeddedDatabase database;
    private String url;
    private Process vanished;

    @BeforeEach
    void startDatabase() throws Exception {
        database = EmbeddedDatabase.start(Path.of("target/vanished-host-it"), 0);
        String configured = DataSourceConfig.all("127.0.0.1:" + database.port(), "StockBalance").stream()
                .filter(source -> source.id().equals("master"))
                .findAny()
                .orElseThrow()
                .url();
        url = "long".equals(System.getProperty("chaos"))
                ? configured
                : configured.replaceFirst("wait_timeout=\\d+,", SHORT_WAIT);
        execute("CREATE TABLE cash (amount INT) SELECT 0 AS amount");
    }

    @AfterEach
    void stop() {
        if (vanished != null) {
            vanished.destroyForcibly();
        }
        database.close();
    }

    @Test
    void rowLocksOfAnUnreachableHostAreReleased() throws Exception {
        vanished = lockTheRowAndVanish();
        // The row is locked, and a waiting statement fails with an error of the database, not with a socket timeout.
        assertThatThrownBy(() -> execute("UPDATE cash SET amount = amount + 10"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1205));

        Awaitility.await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> {
            execute("UPDATE cash SET amount = amount + 10");
            return true;
        });

        assertThat(vanished.isAlive()).isTrue();
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                var row = sql.executeQuery("SELECT amount FROM cash")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(10);
        }
    }

    private Process lockTheRowAndVanish() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenTransaction.class.getName(),
                        url))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("locked");
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        return process;
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
    }
}
