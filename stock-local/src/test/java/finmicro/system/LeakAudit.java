package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Compares threads, heap and database connections of tasks that survive a chaos run, at its start and at its end. */
final class LeakAudit {

    /**
     * At the start most code has not run yet; its classes, caches and pools take a few MB later. A leak of 1 KB per order in
     * thousands of orders, or of a buffer per fault, exceeds this.
     */
    private static final long HEAP_MB = 12;

    /** SDK clients, the clean-up of the driver and timers each start a thread on first use. */
    private static final long THREADS = 10;

    /** Background work may hold one connection in each of stock-trade, stock-balance and stock-items (two pools). */
    private static final long CONNECTIONS = 4;

    /** After this time the pools have closed idle connections; see liberty-config/database.xml. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final TradingSystem system;
    private final List<LibertyServer> tasks;
    private final List<Usage> before;
    private final long connections;

    private LeakAudit(TradingSystem system, List<LibertyServer> tasks) {
        this.system = system;
        this.tasks = List.copyOf(tasks);
        this.before = tasks.stream().map(Usage::of).toList();
        this.connections = connections();
    }

    /** @param tasks that are not killed from now on; may be empty */
    static LeakAudit begin(TradingSystem system, List<LibertyServer> tasks) {
        return new LeakAudit(system, tasks);
    }

    /** Prints and compares the usage at start and end. */
    void assertNothingLeaked() {
        for (int i = 0; i < tasks.size(); i++) {
            LibertyServer task = tasks.get(i);
            Usage begin = before.get(i);
            Usage end = Usage.of(task);
            System.out.printf("leaks %s start=%s end=%s%n", task.service().artifact(), begin, end);
            assertThat(end.heapMegabytes()).as("heap").isLessThanOrEqualTo(begin.heapMegabytes() + HEAP_MB);
            assertThat(end.threads()).as("threads").isLessThanOrEqualTo(begin.threads() + THREADS);
        }
        await("connections, %d at the start".formatted(connections))
                .atMost(IDLE)
                .until(() -> connections() <= connections + CONNECTIONS);
        System.out.printf("leaks connections start=%d end=%d%n", connections, connections());
    }

    private long connections() {
        return new Trading(system)
                .number(
                        "StockTrade",
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID()");
    }

    /**
     * Resources used by a JVM.
     *
     * @param threads without those of the server's executor, which grows with the load up to a fixed limit
     * @param heapMegabytes in use after a full garbage collection
     */
    private record Usage(long threads, long heapMegabytes) {

        static Usage of(LibertyServer task) {
            jcmd(task, "GC.run");
            String heap = jcmd(task, "GC.heap_info");
            long kilobytes = USED.matcher(heap.substring(0, heap.indexOf("Metaspace")))
                    .results()
                    .mapToLong(match -> Long.parseLong(match.group(1)))
                    .sum();
            long threads = jcmd(task, "Thread.print")
                    .lines()
                    .filter(line -> line.startsWith("\"") && !line.startsWith("\"Default Executor-thread-"))
                    .count();
            return new Usage(threads, kilobytes / 1024);
        }

        private static String jcmd(LibertyServer task, String command) {
            try {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(task.pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
