package finmicro.bench;

import static org.awaitility.Awaitility.await;

import finmicro.embedded.EmbeddedQueues;
import finmicro.embedded.LocalAws;
import finmicro.local.ChildProcess;
import finmicro.local.CounterTable;
import finmicro.local.LibertyServer;
import finmicro.local.LocalEnvironment;
import finmicro.local.LocalSystem;
import finmicro.local.Messaging;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Project;
import finmicro.local.Service;
import finmicro.local.Stack;
import finmicro.system.TcpGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The whole system on one machine, configured as in production: same JVM options, polling and price intervals. Telemetry is
 * switched off. The queue server runs in a separate process. Requests to it and to the counter table pass a gate that counts
 * them.
 */
final class BenchSystem implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    /** Linux counts CPU time in hundredths of a second. */
    private static final long TICK_MILLIS = 10;

    private static final Map<String, String> PRODUCTION = Map.of(
            "JVM_ARGS",
            System.getProperty("bench.jvm", ""),
            "GET_PRICE_MINUTE",
            "5",
            "GET_NEXT_PRICE_WAIT_SECOND",
            "60");

    private final Project project;
    private final LocalSystem system;
    private final ChildProcess queueServer;
    private final SqsClient sqs;
    private final Database database;
    private final TcpGate queueGate;
    private final TcpGate counterGate;
    private final LocalEnvironment environment;
    private final AwsRequests requests = new AwsRequests();
    private final Map<String, String> variables = new HashMap<>(PRODUCTION);
    private final Map<String, LibertyServer> secondTasks = new LinkedHashMap<>();
    private long floor = Database.FILLED_TO;
    private long before;

    /**
     * Starts everything except the servers, on free ports. A shutdown hook ends all processes.
     *
     * @param folder below {@code stock-local/target}, used by this system only
     */
    static BenchSystem start(String folder) throws SQLException {
        Project project = Project.located();
        Ports ports = Ports.free();
        LocalSystem system = new LocalSystem(project, project.target(folder), ports, Stack.Transport.QUEUES);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "close-" + folder));
        return new BenchSystem(project, system, ports);
    }

    private BenchSystem(Project project, LocalSystem system, Ports ports) throws SQLException {
        this.project = project;
        this.system = system;
        Stack stack = system.startStack();
        Ports gatePorts = Ports.freeBeside(ports.numbers().values());
        int queuePort = gatePorts.of(Port.SNS);
        queueServer = ChildProcess.startJava(
                "queue server",
                "512m",
                List.of("-cp", project.classPath("embedded"), "finmicro.embedded.QueueServer", "" + queuePort),
                Map.of(),
                project.target("bench/logs/queues.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(queueServer::terminate));
        sqs = LocalAws.client(SqsClient.builder(), URI.create("http://127.0.0.1:" + queuePort));
        queueServer.awaitUp(this::queuesExist, READY);
        queueGate = new TcpGate(gatePorts.of(Port.SQS), queuePort, () -> requests::counting);
        counterGate = new TcpGate(gatePorts.of(Port.DYNAMODB), ports.of(Port.DYNAMODB), () -> requests::counting);
        environment = new LocalEnvironment(
                ports.with(Port.DYNAMODB, counterGate.port()),
                Messaging.queues(URI.create("http://127.0.0.1:" + queueGate.port())),
                null);
        initializeOrderNumbers(stack.counters());
        database = new Database(stack.database());
    }

    private boolean queuesExist() {
        try {
            return sqs.listQueues().queueUrls().size() == 2 * EmbeddedQueues.QUEUES.size();
        } catch (SdkException e) {
            return false;
        }
    }

    private static void initializeOrderNumbers(CounterTable counters) {
        try (DynamoDbClient client = counters.client()) {
            client.putItem(request -> request.tableName(CounterTable.TABLE)
                    .item(Map.of(
                            CounterTable.KEY,
                            AttributeValue.fromS("trade_no"),
                            "max_value",
                            AttributeValue.fromN(Long.toString(Database.FILLED_TO)))));
        }
    }

    /** Starts the four servers. @param changes variables to add or to replace */
    void startServers(Map<String, String> changes) throws SQLException {
        variables.putAll(changes);
        system.startServers(environment, variables);
        system.awaitReady();
        fundCustomer();
    }

    /** Sets the configuration of the servers, for callers that start them one by one. */
    void planServers(Map<String, String> changes) {
        variables.putAll(changes);
        system.planServers(environment, variables);
    }

    /** Gives the customer more cash and shares than any load can spend. */
    void fundCustomer() throws SQLException {
        database.change("UPDATE StockBalance.cash_balances SET cash_value = 5000000000000000");
        for (String code : List.of("A001", "A002")) {
            database.change("INSERT INTO StockBalance.stock_balances (stock_code, stock_value, stock_quantity,"
                    + " update_time) VALUES ('" + code + "', 1, 1000000000000, '2020-06-07T11:25:00+09:00')");
        }
    }

    /** Waits until stock-trade has imported the account main with all of its trades. */
    void awaitMain() {
        await("account main")
                .atMost(READY)
                .ignoreException(SQLException.class)
                .until(() -> database.number("SELECT COUNT(*) FROM StockTrade.accounts WHERE account = 'main'") == 1);
    }

    /** Starts a second task of each service at once, with the variables of the first. Returns when all are ready. */
    List<LibertyServer> startSecondTasks(Service... services) {
        List<LibertyServer> started = Stream.of(services)
                .map(service -> system.another(service, Ports.free().of(service.port()), variables))
                .toList();
        started.forEach(server -> server.startAgain(Map.of()));
        started.forEach(server -> server.awaitReady(READY));
        started.forEach(server -> secondTasks.put("second " + server.service().artifact(), server));
        return started;
    }

    /** Stops the second tasks. */
    void stopSecondTasks() {
        secondTasks.values().forEach(LibertyServer::stop);
        secondTasks.clear();
    }

    /** Restarts a service with changes to its environment, which also apply to later tasks. Returns when it is ready. */
    void restart(Service service, Map<String, String> changes) {
        variables.putAll(changes);
        LibertyServer server = system.server(service);
        server.stop();
        server.startAgain(changes);
        server.awaitReady(READY);
    }

    LibertyServer server(Service service) {
        return system.server(service);
    }

    Project project() {
        return project;
    }

    Database database() {
        return database;
    }

    /** A client of the queue server that bypasses the counting gate. */
    SqsClient sqs() {
        return sqs;
    }

    /** All processes of the system, by name. */
    Map<String, Long> processes() {
        Map<String, Long> processes = new TreeMap<>();
        for (Service service : Service.values()) {
            processes.put(service.artifact(), server(service).pid());
        }
        secondTasks.forEach((name, server) -> processes.put(name, server.pid()));
        processes.put("database", system.stack().database().pid());
        processes.put("queue server", queueServer.pid());
        return processes;
    }

    /** Resources used so far. */
    Usage usage() throws SQLException {
        Map<String, Long> cpu = new TreeMap<>();
        processes().forEach((name, pid) -> cpu.put(name, cpuMillis(pid)));
        return new Usage(System.nanoTime(), settled(), cpu, database.counts(), requests.counts());
    }

    /** User and system time of a process, over all its threads. */
    static long cpuMillis(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }

    /** Resident memory of a process, in MiB. */
    static double residentMiB(long pid) {
        return read(Path.of("/proc/" + pid + "/status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trades accepted since the start. */
    long accepted() throws SQLException {
        return before + database.number("SELECT COUNT(*) FROM StockTrade.trades WHERE trade_no > " + floor);
    }

    /** Trades settled since the start. */
    long settled() throws SQLException {
        return before + database.number("SELECT COUNT(*) FROM StockBalance.stock_moves WHERE trade_no > " + floor);
    }

    /** Waits until every order that was accepted is settled. */
    void drain() throws SQLException {
        await("settlement of all orders")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> accepted() == settled());
        long settled = settled();
        floor = Math.max(floor, database.number("SELECT MAX(trade_no) FROM StockTrade.trades"));
        before = settled;
    }

    @Override
    public void close() throws SQLException {
        database.close();
        sqs.close();
        queueGate.close();
        counterGate.close();
        system.close();
        queueServer.terminate();
        queueServer.awaitEnd(Duration.ofSeconds(10));
    }
}
