package finmicro.bench;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures the footprint of each service: CPU time and time from start until ready, and memory, idle and under load. Runs with
 * all CPUs, half a CPU and a quarter, on each JDK of {@code -Dbench.jdks=<home>,<home>}.
 *
 * <p>The build of an image starts the server once ({@code configure.sh} in {@code ecs/Dockerfile}), to cache features and
 * annotations in its work area. So each server is started once before the measurement here too. The CPU time of that first start
 * is reported separately.
 *
 * <p>{@code ./mvnw -Pbench-footprint verify}, about ten minutes per JDK.
 */
public final class Footprint {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final List<Double> QUOTAS = List.of(0.0, 0.5, 0.25);
    private static final int LOAD_SECONDS = 20;
    private static final int CONNECTIONS = 8;

    private final BenchSystem system;
    private final Figures figures;

    private Footprint(BenchSystem system, Figures figures) {
        this.system = system;
        this.figures = figures;
    }

    /** Runs all measurements. Exits with 1 if one of them fails. */
    public static void main(String[] arguments) {
        Figures.of(Footprint::measure, "footprint.json");
    }

    private static void measure(Figures figures) throws Exception {
        for (String jdk : System.getProperty("bench.jdks", System.getProperty("java.home"))
                .split(",")) {
            for (double quota : QUOTAS) {
                try (BenchSystem system = BenchSystem.start("footprint")) {
                    new Footprint(system, figures).measure(Path.of(jdk), quota);
                }
            }
        }
    }

    private void measure(Path jdk, double cpus) throws Exception {
        List<CpuQuota> quotas = new ArrayList<>();
        system.planServers(Map.of("BUYING_POWER", "off", "JAVA_HOME", jdk.toString()));
        String where = " (" + jdk.getFileName() + ", " + (cpus == 0 ? "all CPUs" : cpus + " CPU") + ")";
        try {
            // stock-trade is last: it calls the others.
            for (Service service : List.of(Service.ITEMS, Service.BALANCE, Service.MARKET, Service.TRADE)) {
                if (cpus > 0) {
                    quotas.add(new CpuQuota(cpus));
                }
                start(service, quotas, where, cpus);
            }
            system.fundCustomer();
            Load.closed(system.project(), system.server(Service.TRADE).uri(), CONNECTIONS, LOAD_SECONDS)
                    .await(LOAD_SECONDS);
            for (Service service : Service.values()) {
                figures.atMost(
                        service.artifact() + where + ": resident under load",
                        BenchSystem.residentMiB(system.server(service).pid()),
                        "MiB",
                        350);
            }
        } catch (IOException e) {
            System.out.println("NOT MEASURED" + where + ": cannot set a CPU quota: " + e);
        } finally {
            for (Service service : Service.values()) {
                system.server(service).close();
            }
            quotas.forEach(CpuQuota::close);
        }
    }

    private void start(Service service, List<CpuQuota> quotas, String where, double cpus) {
        LibertyServer server = system.server(service);
        String name = service.artifact() + where;
        server.start();
        server.awaitReady(READY);
        if (cpus == 0) {
            figures.add(name + ": CPU time until ready, first start", BenchSystem.cpuMillis(server.pid()) / 1e3, "s");
        }
        server.stop();
        long began = System.nanoTime();
        server.startAgain(Map.of());
        if (cpus > 0) {
            quotas.get(quotas.size() - 1).limit(server.pid());
        }
        server.awaitReady(READY);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (cpus == 0.5) {
            figures.atMost(name + ": start to ready", seconds, "s", 25);
        } else {
            figures.add(name + ": start to ready", seconds, "s");
        }
        figures.atMost(name + ": CPU time until ready", BenchSystem.cpuMillis(server.pid()) / 1e3, "s", 12);
        figures.add(name + ": resident idle", BenchSystem.residentMiB(server.pid()), "MiB");
    }
}
