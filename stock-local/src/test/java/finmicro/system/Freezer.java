package finmicro.system;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Freezes a process: its connections stay open, but it does not respond. */
public final class Freezer {

    private Freezer() {}

    /** Suspends the process (SIGSTOP). */
    public static void freeze(long pid) {
        signal("STOP", pid);
    }

    /** Resumes the process (SIGCONT). */
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
