package finmicro.system;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Simulates an Application Load Balancer with ECS: probes {@code /health/ready} of each task every 5 seconds. A task that does
 * not respond with 200 within 2 seconds three times in a row is unhealthy and gets killed.
 */
final class LoadBalancer implements AutoCloseable {

    private static final long INTERVAL_SECONDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int UNHEALTHY_THRESHOLD = 3;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Service> kills = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ScheduledExecutorService probes = Executors.newScheduledThreadPool(Service.values().length);
    private final HttpClient http = HttpClient.newHttpClient();

    /** Starts probing all four services of the system. */
    public LoadBalancer(TradingSystem system) {
        for (Service service : Service.values()) {
            Target target = new Target(system.server(service));
            probes.scheduleAtFixedRate(target::probe, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The killed services. */
    public List<Service> kills() {
        return List.copyOf(kills);
    }

    /** All probes without a 200 response in time, whether they led to a kill or not. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Number of rounds in which all services were probed. */
    public int rounds() {
        return rounds.get() / Service.values().length;
    }

    /** Number of rounds in a duration. */
    public static int rounds(Duration duration) {
        return (int) (duration.toSeconds() / INTERVAL_SECONDS);
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }

    private final class Target {

        private final LibertyServer server;
        private int consecutiveFailures;

        Target(LibertyServer server) {
            this.server = server;
        }

        void probe() {
            String fault = fault();
            if (fault.isEmpty()) {
                consecutiveFailures = 0;
            } else {
                failures.add(server.service() + " " + fault);
                consecutiveFailures++;
            }
            if (consecutiveFailures == UNHEALTHY_THRESHOLD) {
                kills.add(server.service());
                server.kill();
            }
            rounds.incrementAndGet();
        }

        private String fault() {
            try {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(server.uri().resolve("/health/ready"))
                                .timeout(TIMEOUT)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return response.statusCode() == 200 ? "" : response.statusCode() + " " + response.body();
            } catch (IOException e) {
                return e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }
    }
}
