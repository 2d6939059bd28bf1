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

/** A child process with its output in a log file. */
public final class ChildProcess {

    private static final int TAIL_LINES = 40;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process.
     *
     * @param name its name in messages
     * @param log file to which its output is appended
     * @throws UncheckedIOException if the program does not exist
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
     * Starts a Java program with JVM options for little memory and a fast start.
     *
     * @param heap maximum heap size, in the format of {@code -Xmx}
     * @param arguments of {@code java}, which is that of this JVM
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

    /** Sends SIGTERM and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until it has exited; kills it after the timeout. */
    public void awaitEnd(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until it exits and returns its exit code.
     *
     * @throws IllegalStateException if it does not exit in time; it is then killed, and the message has its last output
     */
    int awaitExit(Duration timeout) {
        if (!exited(timeout)) {
            kill();
            throw failure("did not exit within " + timeout.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /**
     * Waits until it exits with 0.
     *
     * @throws IllegalStateException if it fails, or does not exit in time and is killed; the message has its last output
     */
    public void awaitSuccess(Duration timeout) {
        int code = awaitExit(timeout);
        if (code != 0) {
            throw failure("exited with code " + code);
        }
    }

    /** Kills it (SIGKILL) and waits until it has exited. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Waits until it is up.
     *
     * @throws IllegalStateException if it exits, or is not up in time; the message has its last output
     */
    public void awaitUp(BooleanSupplier up, Duration timeout) {
        var began = System.nanoTime();
        while (!up.getAsBoolean()) {
            if (exited(POLL_INTERVAL)) {
                throw failure("exited with code " + process.exitValue());
            }
            if (System.nanoTime() - began > timeout.toNanos()) {
                throw failure("did not start within " + timeout.toSeconds() + " s");
            }
        }
    }

    private boolean exited(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("did not finish before the wait for it was interrupted");
        }
    }

    private IllegalStateException failure(String what) {
        return new IllegalStateException("%s %s; last lines of %s:%n%s".formatted(name, what, log, tail()));
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
