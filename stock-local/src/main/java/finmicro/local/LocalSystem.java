package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The stack and the four servers. Closing it stops everything that was started: first the servers, concurrently. */
public final class LocalSystem implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

    private final StartedResources resources = new StartedResources();
    private final Project project;
    private final Path work;
    private final Ports ports;
    private final Stack.Transport transport;
    private final Map<Service, LibertyServer> servers = new EnumMap<>(Service.class);
    private Stack stack;
    private Zipkin zipkin;
    private OidcServer oidc;
    private LocalEnvironment environment;
    private int others;

    /** @param work folder for data, servers and logs; used by no other system */
    public LocalSystem(Project project, Path work, Ports ports, Stack.Transport transport) {
        this.project = project;
        this.work = work.toAbsolutePath();
        this.ports = ports;
        this.transport = transport;
    }

    /**
     * Starts the stack.
     *
     * @throws IllegalStateException if a part does not start
     */
    public Stack startStack() {
        return startStack(false);
    }

    /**
     * Starts the stack.
     *
     * @param durable whether the trade numbers survive {@link CounterTable#kill()}
     * @throws IllegalStateException if a part does not start
     */
    public Stack startStack(boolean durable) {
        stack = Stack.start(resources, project, work, ports, transport, durable);
        return stack;
    }

    /** Starts Zipkin without waiting for it. Servers that start later send their traces there. */
    public Zipkin startZipkin() {
        zipkin = resources.start(() -> Zipkin.start(project, ports.of(Port.ZIPKIN), work.resolve("logs/zipkin.log")));
        return zipkin;
    }

    /**
     * Starts an OpenID provider, with a login page for the example users. Servers that start later require its tokens.
     */
    OidcServer startOidc() {
        oidc = resources.start(() -> new OidcServer(ports.of(Port.OIDC), TOKEN_LIFETIME, loginPage()));
        return oidc;
    }

    private Path loginPage() {
        try (var page = LocalSystem.class.getResourceAsStream("/login.html")) {
            var file = work.resolve("login.html");
            Files.createDirectories(work);
            Files.copy(page, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the four servers concurrently, without waiting for them. Requires a started stack. */
    public void startServers() {
        startServers(
                new LocalEnvironment(ports, stack.messaging(), zipkin == null ? null : zipkin.spans()),
                oidc == null ? Map.of() : oidc.environment());
    }

    /**
     * Starts the four servers with the given environment, without waiting for them.
     *
     * @param changes variables to add or replace, in every service
     */
    public void startServers(LocalEnvironment environment, Map<String, String> changes) {
        planServers(environment, changes);
        servers.values().forEach(server -> resources.run(server::start));
    }

    /** Configures the four servers without starting them, for callers that start them one by one. */
    public void planServers(LocalEnvironment environment, Map<String, String> changes) {
        this.environment = environment;
        for (var service : Service.values()) {
            var variables = environment.of(service);
            variables.putAll(changes);
            servers.put(service, new LibertyServer(project, service, work.resolve("usr"), variables));
        }
        // Registered before any server starts: if the second fails to start, the first is stopped, too.
        resources.register(this::stopServers);
    }

    /**
     * Creates another server of a service, in addition to the first, without starting it. It is stopped with the others.
     *
     * @param changes variables to add or replace
     */
    public LibertyServer another(Service service, int port, Map<String, String> changes) {
        var variables = environment.of(service);
        variables.put("PORT_NUMBER", String.valueOf(port));
        variables.putAll(changes);
        var server = new LibertyServer(
                project, service, work.resolve("beside-" + ++others).resolve("usr"), variables);
        resources.register(server);
        server.assemble();
        return server;
    }

    /**
     * Waits until all four servers are ready, and Zipkin if it was started.
     *
     * @throws IllegalStateException if one is not ready in time; the message has the last lines of its log
     */
    public void awaitReady() {
        servers.values().forEach(server -> server.awaitReady(READY));
        if (zipkin != null) {
            zipkin.awaitUp();
        }
    }

    public Stack stack() {
        return stack;
    }

    /** Zipkin; null if it was not started. */
    public Zipkin zipkin() {
        return zipkin;
    }

    /** The environment of the servers, without the changes. */
    public LocalEnvironment environment() {
        return environment;
    }

    public LibertyServer server(Service service) {
        return servers.get(service);
    }

    @Override
    public void close() {
        resources.close();
    }

    private void stopServers() {
        servers.values().stream().filter(LibertyServer::isAlive).forEach(LibertyServer::terminate);
        servers.values().forEach(LibertyServer::close);
    }
}
