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
 * A database server on 127.0.0.1 with the three empty schemas, for the user {@value #USER} with the password
 * {@value #PASSWORD}: MariaDB, or MySQL if the system property {@value #ENGINE} is {@code mysql}. The system property
 * {@value #MYSQL} is the folder of the MySQL server.
 *
 * <p>It is a separate process. The owner must stop it with {@link #close()}, or call {@link #closeOnExit()}.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final String USER = "user";
    public static final String PASSWORD = "password";
    public static final List<String> SCHEMAS = List.of("StockItems", "StockTrade", "StockBalance");

    /** Can read the server's counters, but no tables; {@link #USER} has the same privileges as in production. */
    private static final String AUDITOR = "auditor";

    static final String ENGINE = "local.database";
    static final String MYSQL = "local.mysql";
    static final String MARIADB = "local.mariadb";

    /** Privileges of a service's user in production, see {@code ecs/schemas/create.sh}. */
    private static final String PRIVILEGES = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES";

    private static final long STOP_SECONDS = 10;

    private final DatabaseServer server;
    private final Site site;

    private EmbeddedDatabase(DatabaseServer server, Site site) {
        this.server = server;
        this.site = site;
    }

    /**
     * Starts a new, empty database with its data in this folder. The system property {@value #MARIADB} is the folder of
     * MariaDB's programs.
     *
     * @see #start(Path, Path, int)
     */
    public static EmbeddedDatabase start(Path folder, int port) {
        return start(Path.of(System.getProperty(MARIADB, "target/mariadb")), folder.resolve("data"), port);
    }

    /**
     * Starts a new, empty database and waits until it accepts connections.
     *
     * @param base folder for MariaDB's programs, 350 MB; unpacked once, and shared by several servers
     * @param data folder for its data, used by no other database; emptied first
     * @param port port to listen on; 0 for a free one
     * @throws IllegalStateException if it does not start
     */
    public static EmbeddedDatabase start(Path base, Path data, int port) {
        try {
            var site = Site.prepare(data, port, initialStatements());
            var server = server(base, site);
            server.install();
            server.start();
            return new EmbeddedDatabase(server, site);
        } catch (IOException e) {
            stopProcessesOf(data);
            throw new IllegalStateException("The database did not start in " + data, e);
        }
    }

    private static DatabaseServer server(Path base, Site site) throws IOException {
        var engine = System.getProperty(ENGINE, "mariadb");
        return switch (engine) {
            case "mariadb" -> new MariaDb(base, site);
            case "mysql" -> new MySql(Path.of(System.getProperty(MYSQL, ".mysql")), site);
            default -> throw new IllegalStateException(ENGINE + "=" + engine + " is invalid: use mariadb or mysql");
        };
    }

    /** The JDBC URL of one of the {@link #SCHEMAS}, for the MySQL driver, without user and password. */
    public String jdbcUrl(String schema) {
        return "jdbc:mysql://127.0.0.1:" + port() + "/" + schema;
    }

    public int port() {
        return site.port();
    }

    /** The process id of the running server, e.g. to freeze it. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(site.pidFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of deadlocks since the start of the server. */
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

    /** Kills the server, like a crash. {@link #restart()} starts it again with its data. */
    public void kill() {
        ProcessHandle.of(pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /**
     * Starts the server again after {@link #kill()} or {@link #close()}, on the same port and data.
     *
     * @throws IllegalStateException if it does not start
     */
    public void restart() {
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("The database did not start again", e);
        }
    }

    /** Restarts the server with more statements to execute at each start, as its administrator. */
    public void restartWith(String statements) {
        try {
            Files.writeString(site.initFile(), statements + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
        restart();
    }

    /** Closes the server when this JVM exits. */
    public EmbeddedDatabase closeOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-database"));
        return this;
    }

    /** Stops the server and waits until it has exited; kills it if it is frozen or hangs. */
    @Override
    public void close() {
        if (Files.exists(site.pidFile())) {
            ProcessHandle.of(pid()).ifPresent(EmbeddedDatabase::stop);
        }
    }

    /** An interrupted installation terminates only its shell script; the child processes of the script keep running. */
    private static void stopProcessesOf(Path data) {
        var argument = "--datadir=" + data.toAbsolutePath();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(argument))
                .forEach(EmbeddedDatabase::stop);
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** The statements that the server executes at each start before it accepts connections; they keep existing data. */
    private static String initialStatements() {
        var sql = new StringBuilder("CREATE USER IF NOT EXISTS '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n");
        sql.append("CREATE USER IF NOT EXISTS '" + AUDITOR + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n");
        sql.append("GRANT PROCESS ON *.* TO '" + AUDITOR + "'@'%';\n");
        for (var schema : SCHEMAS) {
            sql.append("CREATE DATABASE IF NOT EXISTS ").append(schema).append(" CHARACTER SET utf8mb4;\n");
            sql.append("GRANT " + PRIVILEGES + " ON ").append(schema).append(".* TO '" + USER + "'@'%';\n");
        }
        return sql.toString();
    }
}
