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
 * Oracle's MySQL, in the folder where {@code stock-local/mysql/fetch.sh} put it with all its libraries, the dynamic
 * loader among them: nothing of the machine's own is used.
 */
final class MySql implements DatabaseServer {

    private static final Duration INSTALL = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofMinutes(1);

    private final Path programs;
    private final Site site;
    private final Path log;

    /** @param programs the folder; it is only read */
    MySql(Path programs, Site site) {
        this.programs = programs.toAbsolutePath();
        this.site = site;
        this.log = site.temporary().resolve("mysqld.log");
    }

    @Override
    public void install() throws IOException {
        var process = run("--initialize-insecure");
        if (!ended(process, INSTALL) || process.exitValue() != 0) {
            throw failure("did not make its system tables");
        }
    }

    /** TLS stays on, other than in MariaDB: the keys are made with the system tables, and some test has to use it. */
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
        while (!takesConnections()) {
            if (ended(process, Duration.ofMillis(200)) || Instant.now().isAfter(end)) {
                throw failure("does not take connections");
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
                // In the data folder: a long path is no name for a socket.
                "--socket=mysqld.sock",
                "--secure-file-priv=NULL",
                "--innodb-redo-log-capacity=16M"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean takesConnections() {
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

    private static boolean ended(Process process, Duration patience) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private IOException failure(String what) throws IOException {
        return new IOException("MySQL " + what + ":\n" + Files.readString(log));
    }
}
