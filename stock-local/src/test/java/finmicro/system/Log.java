package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The log of a server from now on. */
final class Log {

    /** Matches a warning, an error or a fatal error, in the format of the console and of {@code messages.log}. */
    static final Pattern WARNING = Pattern.compile("^\\[[^]]+] [0-9a-f]{8} \\S+ +[WEF] ");

    private final LibertyServer server;
    private final int from;

    /** @param server whose log is read from its current end */
    Log(LibertyServer server) {
        this.server = server;
        this.from = size(server);
    }

    /** Size in bytes, which equals the number of characters of {@link #whole}. Cheap enough to call before each request. */
    private static int size(LibertyServer server) {
        try {
            return Math.toIntExact(Files.size(server.log()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text logged since then. */
    public String text() {
        return whole().substring(from);
    }

    /** Waits up to 10 seconds until the log contains the text. */
    public void await(String text) {
        await(text, Duration.ofSeconds(10));
    }

    /** Waits up to {@code timeout} until the log contains the text. */
    public void await(String text, Duration timeout) {
        Awaitility.await(text)
                .atMost(timeout)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> text().contains(text));
    }

    /** Checks that the log has no stack trace. */
    public void assertNoStackTrace() {
        assertThat(text().lines().filter(line -> line.strip().startsWith("at ")))
                .isEmpty();
    }

    /** Checks that the log has no warning or error, except for differences that other tests made on purpose. */
    public void assertNoWarning() {
        assertNoStackTrace();
        assertThat(text().lines()
                        .filter(WARNING.asPredicate())
                        .filter(line -> !line.contains(" reconciliation.difference ")))
                .isEmpty();
    }

    /** The complete log of all runs. */
    public String whole() {
        try {
            return Files.readString(server.log(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
