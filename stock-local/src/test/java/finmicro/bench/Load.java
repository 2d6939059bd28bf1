package finmicro.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.local.ChildProcess;
import finmicro.local.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A load of orders on its way, by Gatling in a process of its own ({@code stock-local/load}).
 *
 * @param process sends it
 * @param result where it writes what came of it
 */
record Load(ChildProcess process, Path result) {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final Duration MORE = Duration.ofSeconds(90);

    /**
     * What came of it.
     *
     * @param orders that were answered 201
     * @param errors anything else
     * @param p50Millis from when the order was to be sent to its answer, as the other times
     */
    record Result(long orders, long errors, double perSecond, double p50Millis, double p99Millis, double maxMillis) {}

    /** So many clients, each of which sends its next order when the last one is answered. */
    static Load closed(Project project, URI trade, int connections, int seconds) {
        return closed(project, trade, connections, seconds, 0);
    }

    /** The same for so many accounts; 0 for main alone. */
    static Load closed(Project project, URI trade, int connections, int seconds, int accounts) {
        return start(
                project,
                trade,
                seconds,
                "--connections",
                Integer.toString(connections),
                "--accounts",
                Integer.toString(accounts));
    }

    /** So many orders a second, whatever becomes of those before; these rates one after the other, so many seconds each. */
    static Load open(Project project, URI trade, List<Integer> perSecond, int seconds) {
        return start(
                project,
                trade,
                seconds,
                "--rate",
                perSecond.stream().map(Object::toString).collect(Collectors.joining(",")));
    }

    /** So many orders a second, whatever becomes of those before. */
    static Load open(Project project, URI trade, int perSecond, int seconds) {
        return open(project, trade, List.of(perSecond), seconds);
    }

    private static Load start(Project project, URI trade, int seconds, String... options) {
        Path result = project.target("bench/load-" + System.nanoTime() + ".json");
        List<String> arguments = new ArrayList<>(List.of("-cp", project.classPath("load"), "finmicro.load.Load"));
        arguments.addAll(List.of("--url", trade.toString(), "--seconds", Integer.toString(seconds)));
        arguments.addAll(List.of("--result", result.toString()));
        arguments.addAll(List.of(options));
        ChildProcess process =
                ChildProcess.startJava("Gatling", "256m", arguments, Map.of(), project.target("bench/logs/load.log"));
        // When the benchmark is told to end, so is its load.
        Runtime.getRuntime().addShutdownHook(new Thread(process::terminate));
        return new Load(process, result);
    }

    /** Waits for its end. */
    Result await(int seconds) {
        process.awaitSuccess(MORE.plusSeconds(seconds));
        try {
            return JSON.readValue(result.toFile(), Result.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
