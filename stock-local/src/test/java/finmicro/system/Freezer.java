package finmicro.system;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds a process still: its connections stay open, and nobody answers. */
public final class Freezer {

    private Freezer() {}

    /** Stops the process in the middle of whatever it does (SIGSTOP). */
    public static void freeze(long pid) {
        signal("STOP", pid);
    }

    /** Lets it go on (SIGCONT), as if nothing had been. */
    public static void thaw(long pid) {
        signal("CONT", pid);
    }

    private static void signal(String name, long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
