package finmicro.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Zipkin in a process of its own, on 127.0.0.1 and in memory: where the traces of this machine are looked at. */
public final class Zipkin implements AutoCloseable {

    /** Of three thousand orders; more would not fit into its heap. */
    private static final String SPANS_KEPT = "60000";

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
     * Starts it and does not wait.
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
                Map.of("MEM_MAX_SPANS", SPANS_KEPT),
                log);
        return new Zipkin(process, port);
    }

    /** @throws IllegalStateException when it does not come up */
    void awaitUp() {
        process.awaitUp(() -> probe.isOk(uri.resolve("/health")), START);
    }

    /** Its address, without a path; the page is {@code /zipkin/}. */
    public URI uri() {
        return uri;
    }

    /** Where services send their spans to. */
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
