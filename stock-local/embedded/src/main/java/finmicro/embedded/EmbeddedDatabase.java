package finmicro.embedded;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A database server on 127.0.0.1 with the three empty schemas, for {@value #USER}/{@value #PASSWORD}: MariaDB, or with
 * the system property {@value #ENGINE} {@code mysql} the MySQL server in the folder that {@value #MYSQL} names.
 *
 * <p>It is a process of its own, and nobody but the owner ends it: {@link #close()}, or {@link #closeOnExit()} where there
 * is no good moment for that.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final String USER = "user";
    public static final String PASSWORD = "password";
    public static final List<String> SCHEMAS = List.of("StockItems", "StockTrade", "StockBalance");

    /** May read the server's own counters, and no table; {@link #USER} has no more rights than in production. */
    private static final String AUDITOR = "auditor";

    static final String ENGINE = "local.database";
    static final String MYSQL = "local.mysql";
    static final String MARIADB = "local.mariadb";

    /** Those of a service's user in production, {@code ecs/schemas/create.sh}. */
    private static final String RIGHTS = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES";

    private static final long STOP_SECONDS = 10;

    private final DatabaseServer server;
    private final Site site;

    private EmbeddedDatabase(DatabaseServer server, Site site) {
        this.server = server;
        this.site = site;
    }

    /**
     * Starts a database with its data in a folder, and its programs where the system property {@value #MARIADB} says.
     *
     * @see #start(Path, Path, int)
     */
    public static EmbeddedDatabase start(Path folder, int port) {
        return start(Path.of(System.getProperty(MARIADB, "target/mariadb")), folder.resolve("data"), port);
    }

    /**
     * Starts a new, empty database and returns when it takes connections.
     *
     * @param base folder for MariaDB's programs, 350 MB; unpacked into once, then used as it is, also by several at once
     * @param data folder of this database alone; emptied first
     * @param port port to listen on; 0 for a free one
     * @throws IllegalStateException when it does not start
     */
    public static EmbeddedDatabase start(Path base, Path data, int port) {
        try {
            var site = Site.prepare(data, port, initialStatements());
            var server = server(base, site);
            server.install();
            server.start();
            return new EmbeddedDatabase(server, site);
        } catch (IOException e) {
            endWhatWorksOn(data);
            throw new IllegalStateException("The database did not start in " + data, e);
        }
    }

    private static DatabaseServer server(Path base, Site site) throws IOException {
        var engine = System.getProperty(ENGINE, "mariadb");
        return switch (engine) {
            case "mariadb" -> new MariaDb(base, site);
            case "mysql" -> new MySql(Path.of(System.getProperty(MYSQL, ".mysql")), site);
            default -> throw new IllegalStateException(ENGINE + "=" + engine + " is neither mariadb nor mysql");
        };
    }

    /** The address of a schema of {@link #SCHEMAS}, for MySQL's driver, without user and password. */
    public String jdbcUrl(String schema) {
        return "jdbc:mysql://127.0.0.1:" + port() + "/" + schema;
    }

    public int port() {
        return site.port();
    }

    /** The process id of the running server, to freeze it with, for one. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(site.pidFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of deadlocks since the server was started. */
    public long deadlocks() {
        var source = new MysqlDataSource();
        source.setUrl("jdbc:mysql://127.0.0.1:" + port() + "/information_schema");
        source.setUser(AUDITOR);
        source.setPassword(PASSWORD);
        try {
            return Long.parseLong(
                    OldDatabase.value(source, "SELECT count FROM innodb_metrics WHERE name = 'lock_deadlocks'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server without warning, as a crash would; {@link #restart()} brings it back with its data. */
    public void kill() {
        ProcessHandle.of(pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /**
     * Starts the server again after {@link #kill()} or {@link #close()}, on the same port and data.
     *
     * @throws IllegalStateException when it does not start
     */
    public void restart() {
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("The database did not start again", e);
        }
    }

    /** Stops the server and starts it again with more to run at each start, as its administrator. */
    public void restartWith(String statements) {
        try {
            Files.writeString(site.initFile(), statements + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
        restart();
    }

    /** Has the server closed when this JVM ends. */
    public EmbeddedDatabase closeOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-database"));
        return this;
    }

    /** Stops the server and returns when it has ended; one that is frozen or hangs is killed. */
    @Override
    public void close() {
        if (Files.exists(site.pidFile())) {
            ProcessHandle.of(pid()).ifPresent(EmbeddedDatabase::end);
        }
    }

    /** An install that is interrupted ends its shell script, and leaves the script's own children at work. */
    private static void endWhatWorksOn(Path data) {
        var argument = "--datadir=" + data.toAbsolutePath();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(argument))
                .forEach(EmbeddedDatabase::end);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** What the server runs at each start before it takes connections; data that are there already stay. */
    private static String initialStatements() {
        var sql = new StringBuilder("CREATE USER IF NOT EXISTS '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n");
        sql.append("CREATE USER IF NOT EXISTS '" + AUDITOR + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n");
        sql.append("GRANT PROCESS ON *.* TO '" + AUDITOR + "'@'%';\n");
        for (var schema : SCHEMAS) {
            sql.append("CREATE DATABASE IF NOT EXISTS ").append(schema).append(" CHARACTER SET utf8mb4;\n");
            sql.append("GRANT " + RIGHTS + " ON ").append(schema).append(".* TO '" + USER + "'@'%';\n");
        }
        return sql.toString();
    }
}
