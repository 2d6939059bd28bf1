package finmicro.embedded;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Oracle's MySQL, downloaded by {@code stock-local/mysql/fetch.sh} with all its libraries and the dynamic loader. It uses no
 * libraries of the machine.
 */
final class MySql implements DatabaseServer {

    private static final Duration INSTALL = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofMinutes(1);

    private final Path programs;
    private final Site site;
    private final Path log;

    /** @param programs folder of the server's programs; not written to */
    MySql(Path programs, Site site) {
        this.programs = programs.toAbsolutePath();
        this.site = site;
        this.log = site.temporary().resolve("mysqld.log");
    }

    @Override
    public void install() throws IOException {
        var process = run("--initialize-insecure");
        if (!exited(process, INSTALL) || process.exitValue() != 0) {
            throw failure("did not create its system tables");
        }
    }

    /** Unlike in MariaDB, TLS is on: the keys are created together with the system tables, and TLS needs a test. */
    @Override
    public void start() throws IOException {
        var process = run(
                "--port=" + site.port(),
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--mysqlx=OFF",
                "--disable-log-bin",
                "--performance-schema=OFF",
                "--innodb-buffer-pool-size=64M",
                "--pid-file=" + site.pidFile(),
                "--init-file=" + site.initFile());
        var end = Instant.now().plus(START);
        while (!acceptsConnections()) {
            if (exited(process, Duration.ofMillis(200)) || Instant.now().isAfter(end)) {
                throw failure("did not accept connections in time");
            }
        }
    }

    private Process run(String... arguments) throws IOException {
        var libraries = programs.resolve("usr/lib/x86_64-linux-gnu") + ":" + programs.resolve("usr/lib/mysql/private");
        var command = new ArrayList<>(List.of(
                programs.resolve("usr/lib64/ld-linux-x86-64.so.2").toString(),
                "--library-path",
                libraries,
                programs.resolve("usr/sbin/mysqld").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + programs.resolve("usr"),
                "--datadir=" + site.data(),
                "--tmpdir=" + site.temporary(),
                // Relative to the data folder, because the length of a socket's path is limited.
                "--socket=mysqld.sock",
                "--secure-file-priv=NULL",
                "--innodb-redo-log-capacity=16M"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean acceptsConnections() {
        var source = new MysqlDataSource();
        source.setUrl("jdbc:mysql://127.0.0.1:" + site.port() + "/?connectTimeout=1000&socketTimeout=5000");
        source.setUser(EmbeddedDatabase.USER);
        source.setPassword(EmbeddedDatabase.PASSWORD);
        try (var connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean exited(Process process, Duration timeout) throws IOException {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private IOException failure(String what) throws IOException {
        return new IOException("MySQL " + what + ":\n" + Files.readString(log));
    }
}
