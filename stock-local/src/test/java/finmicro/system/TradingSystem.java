package finmicro.system;

import static org.awaitility.Awaitility.await;

import finmicro.local.LibertyServer;
import finmicro.local.LocalEnvironment;
import finmicro.local.LocalSystem;
import finmicro.local.Messaging;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Project;
import finmicro.local.Service;
import finmicro.local.Stack;
import finmicro.local.Zipkin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The whole system, running on free ports with its files below {@code target}. Its services reach database and queues through
 * gates.
 */
public final class TradingSystem {

    private static final Duration READY = Duration.ofMinutes(3);

    /**
     * Short long-polling times, in seconds. An interrupted receive call continues at the queue server for this time and may take
     * a message.
     */
    static final Map<String, String> SHORT_POLLS = Map.of(
            "STOCK_PRICE_POLLING_TIME", "2",
            "STOCK_ORDER_TRADE_POLLING_TIME", "2",
            "STOCK_CONTRACT_TRADE_POLLING_TIME", "2");

    private static TradingSystem shared;

    private final LocalSystem system;
    private final MetricsCollector metrics;
    private final FaultInjector faults;
    private final TcpGate database;
    private final TcpGate queues;
    private final TcpGate items;
    private final TcpGate trade;

    private TradingSystem(
            LocalSystem system,
            MetricsCollector metrics,
            FaultInjector faults,
            TcpGate database,
            TcpGate queues,
            TcpGate items,
            TcpGate trade) {
        this.system = system;
        this.metrics = metrics;
        this.faults = faults;
        this.database = database;
        this.queues = queues;
        this.items = items;
        this.trade = trade;
    }

    /** The instance that all tests of this JVM share. Started by the first call, ended with the JVM. */
    public static synchronized TradingSystem shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static TradingSystem start() {
        var project = Project.located();
        var ports = Ports.free();
        var system = new LocalSystem(project, project.target("it"), ports, Stack.Transport.QUEUES);
        // Added before the start, so that an interrupted start leaves no process behind.
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "close-it"));
        try {
            var messaging = system.startStack(true).messaging();
            var gatePorts = Ports.freeBeside(ports.numbers().values());
            var metrics = new MetricsCollector();
            var faults = new FaultInjector();
            var database = new TcpGate(gatePorts.of(Port.DATABASE), ports.of(Port.DATABASE), faults::database);
            var queues = new TcpGate(gatePorts.of(Port.SQS), messaging.sqs().getPort(), faults::queues);
            var items = new TcpGate(gatePorts.of(Port.ITEMS), ports.of(Port.ITEMS));
            var trade = new TcpGate(gatePorts.of(Port.TRADE), ports.of(Port.TRADE));
            var environment = new LocalEnvironment(
                    ports.with(Port.DATABASE, database.port()),
                    Messaging.queues(URI.create("http://127.0.0.1:" + queues.port())),
                    system.startZipkin().spans());
            var changes = new HashMap<>(SHORT_POLLS);
            changes.putAll(Map.of(
                    "OTEL_METRICS_EXPORTER", "otlp",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", metrics.uri().toString(),
                    "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                    "OTEL_METRIC_EXPORT_INTERVAL", "1000"));
            changes.put("ITEMS_SERVICE_URL", "http://127.0.0.1:" + items.port() + "/");
            changes.put("CORS_ORIGINS", environment.of(Service.TRADE).get("CORS_ORIGINS") + "," + origin(trade));
            system.startServers(environment, changes);
            system.awaitReady();
            var started = new TradingSystem(system, metrics, faults, database, queues, items, trade);
            new Trading(started).fundCustomer();
            return started;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    /** Services whose server has ended unexpectedly. */
    List<Service> crashed() {
        return Stream.of(Service.values())
                .filter(service -> server(service).hasDied())
                .toList();
    }

    /** Opens the gates, resumes frozen processes, and restarts stopped ones. */
    public void restore() {
        faults.disarm();
        database.open();
        queues.open();
        items.open();
        trade.open();
        if (ProcessHandle.of(stack().database().pid()).isPresent()) {
            Freezer.thaw(stack().database().pid());
        } else {
            stack().database().restart();
        }
        if (stack().counters().isAlive()) {
            Freezer.thaw(stack().counters().pid());
        } else {
            stack().counters().restart();
        }
        for (var service : Service.values()) {
            if (!server(service).isAlive()) {
                server(service).startAgain(Map.of());
            }
        }
        system.awaitReady();
    }

    /** Injects faults into the traffic of the services with database and queues. */
    FaultInjector faults() {
        return faults;
    }

    /** Connections of the services to the database. */
    public TcpGate databaseGate() {
        return database;
    }

    /** Connections of the services to the queues, if producers send to queues. */
    public TcpGate queueGate() {
        return queues;
    }

    /**
     * Runs an action while no service can reach the queues. Then waits until the interrupted receive calls have ended at the
     * queue server, so that they take no later message.
     */
    void withoutQueues(Runnable meanwhile) {
        var over = Instant.now().plusSeconds(3);
        queues.close();
        try {
            meanwhile.run();
            await().until(() -> Instant.now().isAfter(over));
        } finally {
            queues.open();
        }
    }

    /** Connections of stock-trade to stock-items. */
    public TcpGate itemsGate() {
        return items;
    }

    /** Connections of browsers that use {@link #pageAddress()} to stock-trade. */
    TcpGate tradeGate() {
        return trade;
    }

    /** Address of the screen behind {@link #tradeGate()}. */
    URI pageAddress() {
        return URI.create(origin(trade));
    }

    private static String origin(TcpGate gate) {
        return "http://127.0.0.1:" + gate.port();
    }

    /** The process of a service. */
    public LibertyServer server(Service service) {
        return system.server(service);
    }

    /** Starts a second task of a service on a free port, and returns when it is ready. */
    public LibertyServer startSecondTask(Service service) {
        var server = another(service, Map.of());
        server.startAgain(Map.of());
        server.awaitReady(READY);
        return server;
    }

    /**
     * Creates another task of a service on a free port, without starting it.
     *
     * @param changes variables to add or to replace
     */
    public LibertyServer another(Service service, Map<String, String> changes) {
        var variables = new HashMap<>(SHORT_POLLS);
        variables.putAll(changes);
        return system.another(service, Ports.free().of(service.port()), variables);
    }

    /** The Zipkin server with the traces of the services. */
    public Zipkin zipkin() {
        return system.zipkin();
    }

    /** The metrics that the services export. */
    MetricsCollector metrics() {
        return metrics;
    }

    /** Environment of the servers, without the changes of tests. */
    public LocalEnvironment environment() {
        return system.environment();
    }

    /** Kills a service, restarts it with changes to its environment, and returns when it is ready. */
    public void restart(Service service, Map<String, String> changes) {
        restart(List.of(service), any -> changes);
    }

    /** Restarts several services at once. */
    public void restart(List<Service> services, Function<Service, Map<String, String>> changes) {
        services.forEach(service -> server(service).kill());
        services.forEach(service -> server(service).startAgain(changes.apply(service)));
        services.forEach(service -> server(service).awaitReady(READY));
    }

    /** Database, queues and counter table, without the gates. */
    public Stack stack() {
        return system.stack();
    }
}
