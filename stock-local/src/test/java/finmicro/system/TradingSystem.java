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

/** The whole system, running on free ports below {@code target}. Its services reach database and queues through gates. */
public final class TradingSystem {

    private static final Duration READY = Duration.ofMinutes(3);

    /** A receive that a test breaks off goes on at the queue server, and may swallow a message, for so many seconds. */
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

    /** The one that all tests of this JVM share: started by the first to ask, ended with the JVM. Nobody closes it. */
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
        // Before the start, so that an interrupted one leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "close-it"));
        try {
            var messaging = system.startStack(true).messaging();
            var entrances = Ports.freeBeside(ports.numbers().values());
            var metrics = new MetricsCollector();
            var faults = new FaultInjector();
            var database = new TcpGate(entrances.of(Port.DATABASE), ports.of(Port.DATABASE), faults::database);
            var queues = new TcpGate(entrances.of(Port.SQS), messaging.sqs().getPort(), faults::queues);
            var items = new TcpGate(entrances.of(Port.ITEMS), ports.of(Port.ITEMS));
            var trade = new TcpGate(entrances.of(Port.TRADE), ports.of(Port.TRADE));
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
            new Trading(started).endow();
            return started;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    /** The services whose server has ended without a test that ended it. */
    List<Service> died() {
        return Stream.of(Service.values())
                .filter(service -> server(service).hasDied())
                .toList();
    }

    /** Opens the gates, thaws, and starts again what does not run. */
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

    /** Ends a service at a point of its traffic with database and queues. */
    FaultInjector faults() {
        return faults;
    }

    /** The way of the services to the database. */
    public TcpGate databaseGate() {
        return database;
    }

    /** The way of the services to the queues, where producers send to them. */
    public TcpGate queueGate() {
        return queues;
    }

    /**
     * Does something while no service reaches the queues, and for as long as the receives that this broke off go on at the
     * queue server: none of them swallows a message afterwards.
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

    /** The way of stock-trade to stock-items. */
    public TcpGate itemsGate() {
        return items;
    }

    /** The way of a browser to stock-trade, for whoever goes by {@link #pageAddress()}. */
    TcpGate tradeGate() {
        return trade;
    }

    /** Where the screen is, behind its gate. */
    URI pageAddress() {
        return URI.create(origin(trade));
    }

    private static String origin(TcpGate gate) {
        return "http://127.0.0.1:" + gate.port();
    }

    /** The process of a service: its address, its log; to stop, to kill, and to start again. */
    public LibertyServer server(Service service) {
        return system.server(service);
    }

    /** Starts a second task of a service beside the first, on a port of its own, and returns when it is ready. */
    public LibertyServer startAnother(Service service) {
        var server = another(service, Map.of());
        server.startAgain(Map.of());
        server.awaitReady(READY);
        return server;
    }

    /**
     * Another task of a service on a port of its own, not started yet.
     *
     * @param changes variables to add or to replace
     */
    public LibertyServer another(Service service, Map<String, String> changes) {
        var variables = new HashMap<>(SHORT_POLLS);
        variables.putAll(changes);
        return system.another(service, Ports.free().of(service.port()), variables);
    }

    /** Where their traces are. */
    public Zipkin zipkin() {
        return system.zipkin();
    }

    /** What they measure. */
    MetricsCollector metrics() {
        return metrics;
    }

    /** What the servers run with, but for changes. */
    public LocalEnvironment environment() {
        return system.environment();
    }

    /** Kills a service, starts it again with these changes to its environment and returns when it is ready. */
    public void restart(Service service, Map<String, String> changes) {
        restart(List.of(service), any -> changes);
    }

    /** The same with several at once. */
    public void restart(List<Service> services, Function<Service, Map<String, String>> changes) {
        services.forEach(service -> server(service).kill());
        services.forEach(service -> server(service).startAgain(changes.apply(service)));
        services.forEach(service -> server(service).awaitReady(READY));
    }

    /** Database, queues and counter table, not through the gates: to look into, to freeze and to kill. */
    public Stack stack() {
        return system.stack();
    }
}
