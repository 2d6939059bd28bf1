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

/** What a server logs from now on. */
final class Log {

    /** A line of a warning, an error or a fatal error, in the format for people and in that of {@code messages.log}. */
    static final Pattern COMPLAINT = Pattern.compile("^\\[[^]]+] [0-9a-f]{8} \\S+ +[WEF] ");

    private final LibertyServer server;
    private final int from;

    /** @param server whose log counts from here */
    Log(LibertyServer server) {
        this.server = server;
        this.from = size(server);
    }

    /** In bytes, which are as many as the characters of {@link #whole}. A size is cheap enough to be taken before each request. */
    private static int size(LibertyServer server) {
        try {
            return Math.toIntExact(Files.size(server.log()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was logged since. */
    public String text() {
        return whole().substring(from);
    }

    /** Waits a few seconds until it contains the text. */
    public void await(String text) {
        await(text, Duration.ofSeconds(10));
    }

    /** Waits until it contains the text. */
    public void await(String text, Duration patience) {
        Awaitility.await(text)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> text().contains(text));
    }

    /** Nothing ended in an exception that nobody expected. */
    public void assertNoStackTrace() {
        assertThat(text().lines().filter(line -> line.strip().startsWith("at ")))
                .isEmpty();
    }

    /** Nobody has to look at anything, except at rows that other tests have changed by hand. */
    public void assertNoComplaint() {
        assertNoStackTrace();
        assertThat(text().lines()
                        .filter(COMPLAINT.asPredicate())
                        .filter(line -> !line.contains(" reconciliation.difference ")))
                .isEmpty();
    }

    /** What was logged in all its runs. */
    public String whole() {
        try {
            return Files.readString(server.log(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
