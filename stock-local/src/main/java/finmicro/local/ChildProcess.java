package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that was started, its output in a file. */
public final class ChildProcess {

    private static final int TAIL_LINES = 40;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name what messages call it
     * @param log file its output is added to
     * @throws UncheckedIOException when there is no such program
     */
    static ChildProcess start(String name, ProcessBuilder builder, Path log) {
        try {
            Files.createDirectories(log.getParent());
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a Java program as one of this machine's small servers: with little memory, and quick to start.
     *
     * @param heap of at most so much, as {@code -Xmx} has it
     * @param arguments for this JVM's own {@code java}
     * @param environment variables to add
     */
    public static ChildProcess startJava(
            String name, String heap, List<String> arguments, Map<String, String> environment, Path log) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return start(name, builder, log);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    void onExit(Runnable action) {
        process.onExit().thenRun(action);
    }

    /** Asks it to end (SIGTERM) and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until it has ended; one that takes longer than this is killed. */
    public void awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until it has ended by itself. Returns its exit code.
     *
     * @throws IllegalStateException when it takes longer: it is killed; the message has the end of its output
     */
    int awaitOwnEnd(Duration patience) {
        if (!ended(patience)) {
            kill();
            throw failure("had not ended after " + patience.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /**
     * Waits until it has ended well.
     *
     * @throws IllegalStateException when it takes longer (it is killed) or fails; the message has the end of its output
     */
    public void awaitSuccess(Duration patience) {
        int code = awaitOwnEnd(patience);
        if (code != 0) {
            throw failure("ended with exit code " + code);
        }
    }

    /** Ends it at once (SIGKILL) and returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Returns when it is up.
     *
     * @throws IllegalStateException when it ends before, or is not up in time; the message has the end of its output
     */
    public void awaitUp(BooleanSupplier up, Duration patience) {
        var began = System.nanoTime();
        while (!up.getAsBoolean()) {
            if (ended(LOOK_AGAIN)) {
                throw failure("ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() - began > patience.toNanos()) {
                throw failure("was not up after " + patience.toSeconds() + " s");
            }
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was waited for no longer");
        }
    }

    private IllegalStateException failure(String what) {
        return new IllegalStateException("%s %s; the end of %s:%n%s".formatted(name, what, log, tail()));
    }

    private String tail() {
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }
}
