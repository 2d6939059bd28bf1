package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * A Liberty server with one service, as a process that can be stopped, killed and restarted.
 *
 * <p>The first start copies the build's output to a server folder, so a later build does not affect the running server.
 */
public final class LibertyServer implements AutoCloseable {

    /** Longer than Liberty's own timeout for applications to drain, 30 s. */
    private static final Duration STOP = Duration.ofSeconds(40);

    /** Disables byte code verification, which takes a tenth of the CPU time of a start. */
    public static final String JVM_ARGS = "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    private final Project project;
    private final Service service;
    private final Path users;
    private final Map<String, String> environment;
    private final HttpProbe probe = new HttpProbe();
    private volatile ChildProcess process;
    private volatile boolean exitExpected;
    private boolean closed;

    /**
     * @param users Liberty's user directory (WLP_USER_DIR); servers of several services can share it
     * @param environment the variables the service reads
     */
    public LibertyServer(Project project, Service service, Path users, Map<String, String> environment) {
        this.project = project;
        this.service = service;
        this.users = users.toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    /**
     * Creates the server folder and starts the server, without waiting for it.
     *
     * @throws UncheckedIOException if there is no WAR or no Liberty installation
     */
    public void start() {
        assemble();
        launch(Map.of());
    }

    /**
     * Replaces the server folder by a new one, for {@link #startAgain}.
     *
     * @throws UncheckedIOException if there is no WAR or no Liberty installation
     */
    public void assemble() {
        try {
            copyParts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Restarts the stopped server with the same server folder, without waiting for it.
     *
     * @param changes variables to add or replace, for this run only
     */
    public void startAgain(Map<String, String> changes) {
        if (isAlive()) {
            throw new IllegalStateException(service.artifact() + " is running");
        }
        launch(changes);
    }

    /**
     * Waits until {@code /health/ready} returns 200.
     *
     * @throws IllegalStateException if it exits, or is not ready in time; the message has the last lines of its log
     */
    public void awaitReady(Duration timeout) {
        process.awaitUp(this::isReady, timeout);
    }

    /** Whether {@code /health/ready} returns 200 now. */
    public boolean isReady() {
        return answers("/health/ready");
    }

    /** Whether a path returns 200 now. */
    public boolean answers(String path) {
        return probe.isOk(uri().resolve(path));
    }

    /** Sends SIGTERM, on which it drains, and does not wait. */
    public void terminate() {
        exitExpected = true;
        process.terminate();
    }

    /** Stops it as a deployment does: SIGTERM, then SIGKILL if it hangs. */
    public void stop() {
        terminate();
        process.awaitEnd(STOP);
    }

    /**
     * Waits until it exits and returns its exit code.
     *
     * @throws IllegalStateException if it does not exit in time; it is then killed
     */
    public int awaitEnd(Duration timeout) {
        exitExpected = true;
        return process.awaitExit(timeout);
    }

    /** Kills it (SIGKILL), like a crash of its machine. */
    public void kill() {
        exitExpected = true;
        process.kill();
    }

    /** Stops it for good: later starts are rejected, so that no process is left running. */
    @Override
    public synchronized void close() {
        closed = true;
        if (process != null) {
            stop();
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether its last run has exited unexpectedly, that is, without a stop, kill or {@link #awaitEnd}. */
    public boolean hasDied() {
        return process != null && !process.isAlive() && !exitExpected;
    }

    public long pid() {
        return process.pid();
    }

    public Service service() {
        return service;
    }

    /** Its address, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + environment.get("PORT_NUMBER"));
    }

    /** The server folder, with its configuration and output. */
    public Path folder() {
        return users.resolve("servers").resolve(service.artifact());
    }

    /** The log file, with the output of all its runs. */
    public Path log() {
        return users.resolveSibling("logs").resolve(service.artifact() + ".log");
    }

    /** Runs the action when its process exits for any reason. */
    void onExit(Runnable action) {
        process.onExit(action);
    }

    private synchronized void launch(Map<String, String> changes) {
        if (closed) {
            throw new IllegalStateException(service.artifact() + " is closed");
        }
        var builder = new ProcessBuilder(project.liberty().resolve("bin/server").toString(), "run", service.artifact());
        var variables = builder.environment();
        // The developer's AWS account, or the database of another system, must not be used by accident.
        variables.keySet().removeIf(name -> name.matches("(AWS|DB|OTEL|WLP|JVM|LOG|VARIABLE)_.*"));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("WLP_USER_DIR", users.toString());
        variables.put("WLP_OUTPUT_DIR", users.resolve("servers").toString());
        variables.put("JVM_ARGS", JVM_ARGS);
        variables.putAll(environment);
        variables.putAll(changes);
        exitExpected = false;
        process = ChildProcess.start(service.artifact(), builder, log());
    }

    private void copyParts() throws IOException {
        var folder = folder();
        // With the work area of another build, the server may return 404.
        delete(folder);
        var module = project.module(service);
        var war = service.artifact() + ".war";
        Files.createDirectories(folder.getParent());
        copyFolder(module.resolve("target/server"), folder);
        Files.writeString(folder.resolve("bootstrap.properties"), "liberty.config.dir=" + folder + "\n");
        Files.createDirectories(folder.resolve("apps"));
        Files.copy(module.resolve("target").resolve(war), folder.resolve("apps").resolve(war));
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
