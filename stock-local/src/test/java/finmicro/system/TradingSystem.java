package finmicro.system;

import finmicro.local.LibertyServer;
import finmicro.local.LocalSystem;
import finmicro.local.Ports;
import finmicro.local.Project;
import finmicro.local.Service;
import finmicro.local.Stack;
import java.time.Duration;
import java.util.Map;

/** The whole system, running on free ports below {@code target}: the one that tests share, or one of a test's own. */
public final class TradingSystem implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(3);

    private static TradingSystem shared;

    private final LocalSystem system;

    private TradingSystem(LocalSystem system) {
        this.system = system;
    }

    /** The one that all tests of this JVM share: started by the first to ask, ended with the JVM. Nobody closes it. */
    public static synchronized TradingSystem shared() {
        if (shared == null) {
            shared = start("it", Stack.Delivery.QUEUES, Map.of());
        }
        return shared;
    }

    /**
     * Starts another one and returns when all four services are ready.
     *
     * @param folder name of its folder below {@code target}, of this system alone
     * @param changes environment variables to add or to replace, by service
     */
    public static TradingSystem start(
            String folder, Stack.Delivery delivery, Map<Service, Map<String, String>> changes) {
        var project = Project.located();
        var system = new LocalSystem(project, project.target(folder), Ports.free(), delivery);
        // Before the start, so that an interrupted one leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "close-" + folder));
        try {
            system.startStack();
            system.startServers(changes);
            system.awaitReady();
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
        return new TradingSystem(system);
    }

    /** The process of a service: its address, its log; to stop, to kill, and to start again. */
    public LibertyServer server(Service service) {
        return system.server(service);
    }

    /** Stops a service, starts it again with these changes to its environment and returns when it is ready. */
    public void restart(Service service, Map<String, String> changes) {
        var server = server(service);
        server.stop();
        server.startAgain(changes);
        server.awaitReady(READY);
    }

    /** Database, queues and counter table: to look into, to freeze and to kill. */
    public Stack stack() {
        return system.stack();
    }

    @Override
    public void close() {
        system.close();
    }
}
