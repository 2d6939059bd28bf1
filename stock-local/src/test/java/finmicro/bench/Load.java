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
 * A running load of orders, sent by Gatling in a separate process ({@code stock-local/load}).
 *
 * @param process the Gatling process
 * @param result file for its result
 */
record Load(ChildProcess process, Path result) {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final Duration MORE = Duration.ofSeconds(90);

    /**
     * The result of a load.
     *
     * @param orders responses with status 201
     * @param errors all other outcomes
     * @param p50Millis latency from the scheduled send time to the response, like the other times
     */
    record Result(long orders, long errors, double perSecond, double p50Millis, double p99Millis, double maxMillis) {}

    /** A closed workload for main: each connection sends its next order after the response to the last one. */
    static Load closed(Project project, URI trade, int connections, int seconds) {
        return closed(project, trade, connections, seconds, 0);
    }

    /** A closed workload for {@code accounts} accounts; 0 for main only. */
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

    /** An open workload: sends at each rate for {@code seconds}, regardless of the responses. */
    static Load open(Project project, URI trade, List<Integer> perSecond, int seconds) {
        return start(
                project,
                trade,
                seconds,
                "--rate",
                perSecond.stream().map(Object::toString).collect(Collectors.joining(",")));
    }

    /** An open workload at one rate. */
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
        // The load must not outlive a benchmark that is terminated.
        Runtime.getRuntime().addShutdownHook(new Thread(process::terminate));
        return new Load(process, result);
    }

    /** Waits until the load has ended. */
    Result await(int seconds) {
        process.awaitSuccess(MORE.plusSeconds(seconds));
        try {
            return JSON.readValue(result.toFile(), Result.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
