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
 * One service on a Liberty server of its own, as a process that can be stopped, killed and started again.
 *
 * <p>Its server folder is assembled from what the build made when the first start begins, so a build meanwhile disturbs
 * nothing.
 */
public final class LibertyServer implements AutoCloseable {

    /** Longer than Liberty's own patience with applications that drain, 30 s. */
    private static final Duration STOP = Duration.ofSeconds(40);

    /** Verifying the byte code of Liberty's own classes takes a tenth of a start's CPU time. */
    public static final String JVM_ARGS = "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    private final Project project;
    private final Service service;
    private final Path users;
    private final Map<String, String> environment;
    private final HttpProbe probe = new HttpProbe();
    private volatile ChildProcess process;
    private volatile boolean ended;
    private boolean closed;

    /**
     * @param users Liberty's user directory (WLP_USER_DIR) that it gets its folder in; several servers can share one
     * @param environment the variables the service reads
     */
    public LibertyServer(Project project, Service service, Path users, Map<String, String> environment) {
        this.project = project;
        this.service = service;
        this.users = users.toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    /**
     * Assembles the server, starts it and does not wait.
     *
     * @throws UncheckedIOException when the build left no WAR or no Liberty
     */
    public void start() {
        assemble();
        launch(Map.of());
    }

    /**
     * Assembles the server's folder anew, to be started by {@link #startAgain}.
     *
     * @throws UncheckedIOException when the build left no WAR or no Liberty
     */
    public void assemble() {
        try {
            copyParts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it again once it has ended, with the same server folder, and does not wait.
     *
     * @param changes variables to add or to replace, for this run only
     */
    public void startAgain(Map<String, String> changes) {
        if (isAlive()) {
            throw new IllegalStateException(service.artifact() + " is running");
        }
        launch(changes);
    }

    /**
     * Returns when {@code /health/ready} answers 200.
     *
     * @throws IllegalStateException when it ends before, or is not ready in time; the message has the end of its log
     */
    public void awaitReady(Duration patience) {
        process.awaitUp(this::isReady, patience);
    }

    /** Whether {@code /health/ready} answers 200 now. */
    public boolean isReady() {
        return answers("/health/ready");
    }

    /** Whether a path answers 200 now. */
    public boolean answers(String path) {
        return probe.isOk(uri().resolve(path));
    }

    /** Asks it to end (SIGTERM: it drains) and does not wait. */
    public void terminate() {
        ended = true;
        process.terminate();
    }

    /** Stops it as a deployment does: SIGTERM, and SIGKILL only if it hangs. */
    public void stop() {
        terminate();
        process.awaitEnd(STOP);
    }

    /**
     * Waits until it has ended by itself and returns its exit code.
     *
     * @throws IllegalStateException when it takes longer; it is killed then
     */
    public int awaitEnd(Duration patience) {
        ended = true;
        return process.awaitOwnEnd(patience);
    }

    /** Ends it without warning (SIGKILL), as the loss of its machine would. */
    public void kill() {
        ended = true;
        process.kill();
    }

    /** Stops it for good: who would start it again meanwhile is refused, so that nothing is left behind. */
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

    /** Whether its last run has ended although neither was it asked to nor did anything wait for that. */
    public boolean hasDied() {
        return process != null && !process.isAlive() && !ended;
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

    /** Its own folder, of configuration and of what it writes. */
    public Path folder() {
        return users.resolve("servers").resolve(service.artifact());
    }

    /** File with its output, of all its runs. */
    public Path log() {
        return users.resolveSibling("logs").resolve(service.artifact() + ".log");
    }

    /** What to do when its process ends, for whatever reason. */
    void onExit(Runnable action) {
        process.onExit(action);
    }

    private synchronized void launch(Map<String, String> changes) {
        if (closed) {
            throw new IllegalStateException(service.artifact() + " is being stopped");
        }
        var builder = new ProcessBuilder(project.liberty().resolve("bin/server").toString(), "run", service.artifact());
        var variables = builder.environment();
        // Somebody's own account, or another system's database, must not be reached from here by accident.
        variables.keySet().removeIf(name -> name.matches("(AWS|DB|OTEL|WLP|JVM|LOG|VARIABLE)_.*"));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("WLP_USER_DIR", users.toString());
        variables.put("WLP_OUTPUT_DIR", users.resolve("servers").toString());
        variables.put("JVM_ARGS", JVM_ARGS);
        variables.putAll(environment);
        variables.putAll(changes);
        ended = false;
        process = ChildProcess.start(service.artifact(), builder, log());
    }

    private void copyParts() throws IOException {
        var folder = folder();
        // A work area from another build can leave a server answering 404.
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
