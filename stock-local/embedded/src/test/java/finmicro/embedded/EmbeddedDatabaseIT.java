package finmicro.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseIT {

    static final Path FOLDER = Path.of("target", "database");

    static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(FOLDER, 0);
    }

    @AfterAll
    static void stop() {
        database.close();
        assertThat(acceptsConnections(database)).isFalse();
    }

    @Test
    void theConfiguredEngineIsUsed() throws SQLException {
        var mysql = System.getProperty("local.database").equals("mysql");
        try (var connection = connect("StockTrade");
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            assertThat(row.getString(1).contains("MariaDB")).isNotEqualTo(mysql);
        }
    }

    @Test
    void theUserOwnsEverySchema() throws SQLException {
        for (var schema : EmbeddedDatabase.SCHEMAS) {
            try (var connection = connect(schema);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE owned (id INT PRIMARY KEY)");
                statement.execute("DROP TABLE owned");
            }
        }
    }

    @Test
    void committedDataSurvivesACrash() throws SQLException {
        execute("CREATE TABLE crashed (id INT PRIMARY KEY)");
        execute("INSERT INTO crashed VALUES (1)");
        var crashed = database.pid();

        database.kill();
        assertThat(acceptsConnections(database)).isFalse();
        database.restart();

        assertThat(database.pid()).isNotEqualTo(crashed);
        execute("INSERT INTO crashed VALUES (2)");
        try (var connection = connect("StockTrade");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM crashed")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void aFrozenServerIsClosed() throws Exception {
        var pid = String.valueOf(database.pid());
        new ProcessBuilder("kill", "-STOP", pid).start().waitFor();

        database.close();

        assertThat(acceptsConnections(database)).isFalse();
        database.restart();
        assertThat(acceptsConnections(database)).isTrue();
    }

    @Test
    void deadlocksAreCounted() throws Exception {
        execute("CREATE TABLE crossed (id INT PRIMARY KEY, n INT)");
        execute("INSERT INTO crossed VALUES (1, 0), (2, 0)");
        var before = database.deadlocks();
        try (var one = connect("StockTrade");
                var other = connect("StockTrade")) {
            lockRow(one, 1);
            lockRow(other, 2);
            var waiting = CompletableFuture.runAsync(() -> lockRow(one, 2));
            try {
                lockRow(other, 1);
            } catch (IllegalStateException e) {
                // the deadlock victim
            }
            other.rollback();
            waiting.exceptionally(e -> null).join();
        }

        assertThat(database.deadlocks()).isEqualTo(before + 1);
    }

    private static void lockRow(Connection connection, int id) {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE crossed SET n = n + 1 WHERE id = " + id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = connect("StockTrade");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean acceptsConnections(EmbeddedDatabase database) {
        try (var connection = connect("StockTrade")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(schema), EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
    }
}
