package finmicro.bench;

import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.Service;
import finmicro.system.Freezer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the whole system and the limits of database and queue server, in one run on one machine, and prints the figures of the
 * docs/performance.md. A missed target does not fail the run.
 *
 * <p>{@code ./mvnw -Pbench verify}; {@code -Dbench.phases=accept,settle} measures only these phases.
 */
public final class Benchmark {

    private static final int SMALL = 10_000;
    private static final int MEDIUM = 100_000;
    private static final int LARGE = 1_000_000;

    private static final int WARM_UP_SECONDS = 20;
    /** For a service that is restarted while the others are warm. */
    private static final int SHORT_WARM_UP_SECONDS = 10;

    private static final int ACCEPT_SECONDS = 5;
    /** For loads that are reported without a target and warm up the next measurement. */
    private static final int SHORT_ACCEPT_SECONDS = 3;

    private static final int OPEN_SECONDS = 8;
    private static final int SETTLE_SECONDS = 60;
    private static final int SHORT_SETTLE_SECONDS = 16;
    /** Duration of each tried rate, and the part of it that passes before settlements reflect the new rate. */
    private static final int STEP_SECONDS = 8;

    private static final int STEP_WARM_UP_SECONDS = 2;
    /** Rates to try, as shares of the capacity estimated from accepting only and settling only. */
    private static final List<Double> STEPS = List.of(0.65, 0.75, 0.85);
    /** Share of the best rate of a few seconds that the minute-long run uses. */
    private static final double SUSTAINED_SHARE = 0.95;

    private static final int IDLE_SECONDS = 180;
    private static final int LIMIT_SECONDS = 5;
    private static final int ROUND_TRIPS = 200;
    private static final int MAIN_CONNECTIONS = 32;
    private static final int ACCOUNTS = 1_000;
    /** Share of the accept-only rate at which orders can be both accepted and settled. */
    private static final double SETTLED_SHARE = 0.2;

    private static final List<Service> SERVICES = List.of(Service.values());

    private final BenchSystem system;
    private final Figures figures;
    private long errors;

    private Benchmark(BenchSystem system, Figures figures) {
        this.system = system;
        this.figures = figures;
    }

    /** Runs all measurements. Exits with 1 if one of them fails. */
    public static void main(String[] arguments) {
        Figures.of(Benchmark::measure, "benchmark.json");
    }

    private static void measure(Figures figures) throws Exception {
        try (BenchSystem system = BenchSystem.start("bench")) {
            system.startServers(Map.of("BUYING_POWER", "off"));
            new Benchmark(system, figures).all();
        }
    }

    private void all() throws Exception {
        system.database().fillTo(SMALL);
        load(MAIN_CONNECTIONS, WARM_UP_SECONDS);
        system.drain();

        if (wanted("accept")) {
            accept();
        }
        // Measured right before the figures they are compared with, because the machine's speed varies.
        figures.add("limit.commit", Limits.commits(system.database(), LIMIT_SECONDS), "tx/s");
        figures.add("limit.queue", Limits.messages(system.sqs(), LIMIT_SECONDS), "msg/s");
        Capacity small = capacity("at 10^4");
        figures.atLeast("accept / limit.commit", small.accept() / figures.value("limit.commit"), "", 0.4);
        double rate = wanted("settle") || wanted("tasks") ? sustainable(small) : 0;
        if (wanted("settle")) {
            settle(rate);
        }
        if (wanted("accept")) {
            openLoop(small);
        }
        if (wanted("latency")) {
            latency();
        }
        memory();
        if (wanted("growth")) {
            small = small.orBetter(capacity("at 10^4, again"));
            system.database().fillTo(MEDIUM);
            capacity("at 10^5");
        }
        if (wanted("idle")) {
            idle();
        }
        if (wanted("growth")) {
            growth(small);
        }
        if (wanted("tasks")) {
            twoTasks(rate);
        }
        if (wanted("buying-power")) {
            buyingPower();
        }
        figures.atMost("errors", errors, "", 0);
    }

    private static boolean wanted(String phase) {
        String phases = System.getProperty("bench.phases", "");
        return phases.isEmpty() || List.of(phases.split(",")).contains(phase);
    }

    /** Takes the better of two runs each, because the machine's speed varies. The orders of the run itself come on top. */
    private void growth(Capacity small) throws Exception {
        system.database().fillTo(LARGE);
        Capacity large = capacity("at 10^6").orBetter(capacity("at 10^6, again"));
        figures.atLeast("accept at 10^6 / at 10^4", large.accept() / small.accept(), "", 0.9);
        figures.atLeast("settle at 10^6 / at 10^4", large.settle() / small.settle(), "", 0.9);
    }

    private URI trade() {
        return system.server(Service.TRADE).uri();
    }

    private Load.Result load(int connections, int seconds) {
        return counted(
                Load.closed(system.project(), trade(), connections, seconds).await(seconds));
    }

    private Load.Result counted(Load.Result result) {
        errors += result.errors();
        return result;
    }

    /** Orders/s accepted while stock-market is frozen. Runs first, because it also warms up the system. */
    private void accept() throws Exception {
        Freezer.freeze(system.server(Service.MARKET).pid());
        for (int connections : new int[] {1, 8, 128}) {
            Load.Result result = load(connections, SHORT_ACCEPT_SECONDS);
            String name = "accept at " + connections + " connections";
            figures.add(name, result.perSecond(), "orders/s");
            addLatencies(name, result);
        }
        Freezer.thaw(system.server(Service.MARKET).pid());
        system.drain();
    }

    /** Response time of an order at half of the rate that the main connections reach. */
    private void openLoop(Capacity main) throws Exception {
        int rate = (int) (main.accept() / 2);
        Freezer.freeze(system.server(Service.MARKET).pid());
        Load.Result open =
                counted(Load.open(system.project(), trade(), rate, OPEN_SECONDS).await(OPEN_SECONDS));
        Freezer.thaw(system.server(Service.MARKET).pid());
        system.drain();
        String name = "accept at " + rate + "/s, open loop";
        addLatencies(name, open);
        figures.atMost(name + ": p99", open.p99Millis(), "ms", 50);
    }

    private void addLatencies(String name, Load.Result result) {
        figures.add(name + ": p50", result.p50Millis(), "ms");
        figures.add(name + ": p99", result.p99Millis(), "ms");
        figures.add(name + ": max", result.maxMillis(), "ms");
    }

    /**
     * Capacity of the system at a given number of orders in its tables.
     *
     * @param accept orders/s accepted while no order is settled
     * @param settle orders/s accepted and settled at the same time
     */
    private record Capacity(double accept, double settle) {

        Capacity orBetter(Capacity other) {
            return new Capacity(Math.max(accept, other.accept), Math.max(settle, other.settle));
        }
    }

    /**
     * Accepts orders while stock-market is frozen, then settles the backlog while no orders arrive. The rate for both at once is
     * estimated from the two.
     */
    private Capacity capacity(String name) throws Exception {
        Freezer.freeze(system.server(Service.MARKET).pid());
        Usage begin = system.usage();
        Load.Result accepted = load(MAIN_CONNECTIONS, ACCEPT_SECONDS);
        Usage accepting = system.usage();
        Freezer.thaw(system.server(Service.MARKET).pid());
        system.drain();
        double backlog = system.usage().since(accepting).settledPerSecond();
        Capacity capacity = new Capacity(accepted.perSecond(), 1 / (1 / accepted.perSecond() + 1 / backlog));
        String accept = "accept at " + MAIN_CONNECTIONS + " connections " + name;
        figures.add(accept, capacity.accept(), "orders/s");
        addLatencies(accept, accepted);
        accepting
                .since(begin)
                .cpuMillis()
                .forEach((process, millis) -> figures.add(
                        accept + ": CPU of " + process + " an order", millis / (double) accepted.orders(), "ms"));
        figures.add("settle a backlog " + name, backlog, "orders/s");
        figures.add("accept and settle " + name + ", estimated from both", capacity.settle(), "orders/s");
        return capacity;
    }

    /** Orders/s accepted and settled for a minute. A growing backlog means that the rate is too high. */
    private void settle(double rate) throws Exception {
        Usage used = sustained("settle", rate, SETTLE_SECONDS);
        double limit = Math.min(figures.value("limit.commit"), figures.value("limit.queue") / 2);
        figures.atLeast("settle / min(limit.commit, limit.queue / 2)", used.settledPerSecond() / limit, "", 0.25);
        figures.atMost("CPU of the four services an order", serviceMillis(used), "ms", 8);
        used.cpuMillis()
                .forEach((name, millis) -> figures.add("CPU of " + name + " an order", each(millis, used), "ms"));
        figures.atMost("AWS requests an order", each(used.awsRequests(), used), "", 0.8);
        used.requests().forEach((name, count) -> figures.add(name + " an order", each(count, used), ""));
        figures.atMost("commits an order", each(used.sql().get("Com_commit"), used), "", 1.6);
        used.sql().forEach((name, count) -> figures.add("SQL " + name + " an order", each(count, used), ""));
        figures.atMost("new database connections an order", each(used.sql().get("Connections"), used), "", 0);
    }

    /**
     * Sustainable orders/s: a little less than the highest settlement rate seen at increasing rates. At rates above it, accepting
     * takes the CPU time that settling needs.
     */
    private double sustainable(Capacity capacity) throws Exception {
        List<Integer> rates =
                STEPS.stream().map(step -> (int) (step * capacity.settle())).toList();
        long before = system.accepted();
        Load load = Load.open(system.project(), trade(), rates, STEP_SECONDS);
        await("the first order")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> system.accepted() > before);
        long begin = System.nanoTime();
        double most = 0;
        for (int step = 0; step < rates.size(); step++) {
            sleepUntil(begin, step * STEP_SECONDS + STEP_WARM_UP_SECONDS);
            Usage then = system.usage();
            sleepUntil(begin, (step + 1) * STEP_SECONDS);
            double settled = system.usage().since(then).settledPerSecond();
            figures.add("settle at " + rates.get(step) + " orders/s, for a moment", settled, "orders/s");
            // Settling more than the rate means that a backlog is settled too.
            most = Math.max(most, Math.min(rates.get(step), settled));
        }
        counted(load.await(rates.size() * STEP_SECONDS));
        system.drain();
        return SUSTAINED_SHARE * most;
    }

    private static void sleepUntil(long begin, int seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(begin + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime());
    }

    /** Measures resource usage and settlements at a constant rate of orders, and the backlog before and after. */
    private Usage sustained(String name, double perSecond, int seconds) throws Exception {
        int rate = (int) perSecond;
        Load load = Load.open(system.project(), trade(), rate, seconds);
        // The load generator needs to warm up too.
        Thread.sleep(5_000);
        Usage begin = system.usage();
        long backlogBefore = system.accepted() - begin.settled();
        Thread.sleep((seconds - 10) * 1_000L);
        Usage end = system.usage();
        long backlog = system.accepted() - end.settled();
        Load.Result result = counted(load.await(seconds));
        system.drain();
        Usage used = end.since(begin);
        figures.add(name + " at " + rate + " orders/s", used.settledPerSecond(), "orders/s");
        addLatencies(name + ", response time of an order", result);
        figures.add(name + ": backlog at the start", backlogBefore, "orders");
        figures.add(name + ": backlog at the end", backlog, "orders");
        return used;
    }

    private static double each(long count, Usage used) {
        return count / (double) used.settled();
    }

    private static double serviceMillis(Usage used) {
        return SERVICES.stream()
                .mapToDouble(service -> each(used.cpuMillis().get(service.artifact()), used))
                .sum();
    }

    /** One order at a time, from its POST until GET /balance shows it. */
    private void latency() throws Exception {
        RoundTrips trips =
                new RoundTrips(trade(), system.server(Service.BALANCE).uri());
        List<Double> millis = trips.measure(ROUND_TRIPS);
        figures.atMost("latency: p50", RoundTrips.percentile(millis, 0.5), "ms", 35);
        figures.atMost("latency: p99", RoundTrips.percentile(millis, 0.99), "ms", 90);
        system.drain();
    }

    private void memory() {
        for (Service service : SERVICES) {
            figures.atMost(
                    "resident memory of " + service.artifact() + " after load",
                    BenchSystem.residentMiB(system.server(service).pid()),
                    "MiB",
                    350);
        }
    }

    /** Requests and statements while no orders arrive. The tables are filled meanwhile, over a connection that is not counted. */
    private void idle() throws Exception {
        Usage begin = system.usage();
        system.database().fillTo(LARGE);
        sleepUntil(begin.nanos(), IDLE_SECONDS);
        Usage used = system.usage().since(begin);
        double hours = used.seconds() / 3600;
        figures.atMost("AWS requests an idle hour", used.awsRequests() / hours, "", 600);
        used.requests().forEach((name, count) -> figures.add(name + " an idle hour", count / hours, ""));
        figures.add("commits an idle hour", used.sql().get("Com_commit") / hours, "");
        figures.add("SQL statements an idle hour", used.sql().get("Questions") / hours, "");
        for (Service service : SERVICES) {
            figures.add(
                    "CPU of " + service.artifact() + " idle",
                    used.cpuMillis().get(service.artifact()) / used.seconds() / 10,
                    "% of one");
        }
    }

    /** Runs two tasks each of stock-trade and stock-market and checks that cash is exact to the yen. */
    private void twoTasks(double sustainable) throws Exception {
        Books before = Books.of(system.database());
        LibertyServer second =
                system.startSecondTasks(Service.TRADE, Service.MARKET).get(0);
        counted(Load.closed(system.project(), second.uri(), MAIN_CONNECTIONS, SHORT_WARM_UP_SECONDS)
                .await(SHORT_WARM_UP_SECONDS));
        system.drain();
        int rate = (int) (0.8 * sustainable / 2);
        Load one = Load.open(system.project(), trade(), rate, SHORT_SETTLE_SECONDS);
        Load other = Load.open(system.project(), second.uri(), rate, SHORT_SETTLE_SECONDS);
        Thread.sleep(5_000);
        Usage begin = system.usage();
        Thread.sleep((SHORT_SETTLE_SECONDS - 10) * 1_000L);
        Usage used = system.usage().since(begin);
        counted(one.await(SHORT_SETTLE_SECONDS));
        counted(other.await(SHORT_SETTLE_SECONDS));
        system.drain();
        figures.add("settle with two tasks each at " + 2 * rate + " orders/s", used.settledPerSecond(), "orders/s");
        figures.atMost(
                "yen wrong with two tasks each", Books.of(system.database()).wrongSince(before), "yen", 0);
        system.stopSecondTasks();
    }

    /**
     * Measures the cost of the buying power check: orders/s accepted with and without it, for main only, for many accounts, and
     * for main on two tasks. The baseline is measured before and after, because the machine's speed varies.
     */
    private void buyingPower() throws Exception {
        double before = accepted(Check.OFF, 1, 0);
        double main = accepted(Check.ON, 1, 0);
        double many = accepted(Check.ON, 1, ACCOUNTS);
        double mainAgain = accepted(Check.ON, 1, 0);
        Usage on = settled("settle with buying power", main);
        figures.add("CPU of the four services an order with buying power", serviceMillis(on), "ms");
        figures.add("AWS requests an order with buying power", each(on.awsRequests(), on), "");
        double after = accepted(Check.OFF, 1, 0);
        Usage off = settled("settle without buying power", main);
        double twoOff = accepted(Check.OFF, 2, 0);
        double twoOn = accepted(Check.ON, 2, 0);
        double without = (before + after) / 2;
        figures.atLeast("accept, check on / off, main", (main + mainAgain) / 2 / without, "", 0.85);
        figures.atLeast("accept, check on / off, " + ACCOUNTS + " accounts", many / without, "", 0.85);
        figures.atLeast("accept, check on / off, main on two tasks", twoOn / twoOff, "", 0.85);
        double commits = each(off.sql().get("Com_commit"), off);
        figures.add("commits an order without buying power", commits, "");
        figures.atMost("commits an order with buying power", each(on.sql().get("Com_commit"), on), "", commits + 0.05);
    }

    private enum Check {
        ON,
        OFF
    }

    /** Orders/s accepted over the main connections while stock-market is frozen. */
    private double accepted(Check check, int tasks, int accounts) throws Exception {
        // A lot of cash: the load only buys, and reserved cash is not released while stock-market is frozen.
        system.restart(
                Service.TRADE,
                Map.of("BUYING_POWER", check.name().toLowerCase(Locale.ROOT), "OPENING_CASH", "1000000000"));
        if (check == Check.ON) {
            system.awaitMain();
        }
        List<URI> uris = new ArrayList<>(List.of(trade()));
        if (tasks == 2) {
            uris.add(system.startSecondTasks(Service.TRADE).get(0).uri());
        }
        load(uris, SHORT_WARM_UP_SECONDS, accounts);
        system.drain();
        Freezer.freeze(system.server(Service.MARKET).pid());
        double perSecond = load(uris, ACCEPT_SECONDS, accounts);
        Freezer.thaw(system.server(Service.MARKET).pid());
        system.drain();
        system.stopSecondTasks();
        String name = "accept, check %s, %d task(s), %s"
                .formatted(check, tasks, accounts == 0 ? "main" : accounts + " accounts");
        figures.add(name, perSecond, "orders/s");
        return perSecond;
    }

    private double load(List<URI> tasks, int seconds, int accounts) {
        List<Load> loads = tasks.stream()
                .map(task -> Load.closed(system.project(), task, MAIN_CONNECTIONS / tasks.size(), seconds, accounts))
                .toList();
        return loads.stream()
                .mapToDouble(load -> counted(load.await(seconds)).perSecond())
                .sum();
    }

    private Usage settled(String name, double accepted) throws Exception {
        return sustained(name, SETTLED_SHARE * accepted, SHORT_SETTLE_SECONDS);
    }
}
