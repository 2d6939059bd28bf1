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
 * What an Application Load Balancer and ECS do together: every 5 seconds each task's {@code /health/ready} is asked, one
 * that does not answer 200 within 2 seconds three times in a row is unhealthy, and what is unhealthy is killed.
 */
final class LoadBalancer implements AutoCloseable {

    private static final long INTERVAL_SECONDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int UNHEALTHY_AFTER = 3;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Service> kills = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ScheduledExecutorService probes = Executors.newScheduledThreadPool(Service.values().length);
    private final HttpClient http = HttpClient.newHttpClient();

    /** Begins to watch over all four services of the system. */
    public LoadBalancer(TradingSystem system) {
        for (Service service : Service.values()) {
            Target target = new Target(system.server(service));
            probes.scheduleAtFixedRate(target::probe, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The services that it killed. */
    public List<Service> kills() {
        return List.copyOf(kills);
    }

    /** Each probe that was not answered in time with 200, whether it led to a kill or not. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** How often all services have been probed so far. */
    public int rounds() {
        return rounds.get() / Service.values().length;
    }

    /** How many rounds there are in this time. */
    public static int rounds(Duration duration) {
        return (int) (duration.toSeconds() / INTERVAL_SECONDS);
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }

    private final class Target {

        private final LibertyServer server;
        private int inARow;

        Target(LibertyServer server) {
            this.server = server;
        }

        void probe() {
            String fault = fault();
            if (fault.isEmpty()) {
                inARow = 0;
            } else {
                failures.add(server.service() + " " + fault);
                inARow++;
            }
            if (inARow == UNHEALTHY_AFTER) {
                kills.add(server.service());
                server.kill();
            }
            rounds.incrementAndGet();
        }

        private String fault() {
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(server.uri().resolve("/health/ready"))
                                .timeout(TIMEOUT)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() == 200 ? "" : answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                return e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }
    }
}
