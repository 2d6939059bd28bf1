package finmicro.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Zipkin with in-memory storage as a separate process on 127.0.0.1, to view the traces of the local system. */
public final class Zipkin implements AutoCloseable {

    /** Enough for 3,000 orders; more would not fit into the heap. */
    private static final String MAX_SPANS = "60000";

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final ChildProcess process;
    private final ZipkinIntake intake;
    private final URI uri;
    private final HttpProbe probe = new HttpProbe();

    private Zipkin(ChildProcess process, int port) {
        this.process = process;
        this.uri = URI.create("http://127.0.0.1:" + port);
        this.intake = new ZipkinIntake(uri.resolve("/api/v2/spans"));
    }

    /**
     * Starts it without waiting for it.
     *
     * @param log file for its output
     */
    static Zipkin start(Project project, int port, Path log) {
        var process = ChildProcess.startJava(
                "zipkin",
                "256m",
                List.of(
                        "-jar",
                        project.target("zipkin")
                                .resolve("zipkin-server-exec.jar")
                                .toString(),
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=" + port,
                        "--armeria.ports[0].protocols[0]=http"),
                Map.of("MEM_MAX_SPANS", MAX_SPANS),
                log);
        return new Zipkin(process, port);
    }

    /** @throws IllegalStateException if it does not start */
    void awaitUp() {
        process.awaitUp(() -> probe.isOk(uri.resolve("/health")), START);
    }

    /** Its address, without a path; the UI is at {@code /zipkin/}. */
    public URI uri() {
        return uri;
    }

    /** The address to which services send spans. */
    public URI spans() {
        return intake.uri();
    }

    @Override
    public void close() {
        intake.close();
        process.terminate();
        process.awaitEnd(STOP);
    }
}
