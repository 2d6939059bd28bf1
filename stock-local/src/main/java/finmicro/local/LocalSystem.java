package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The stack and the four servers. Whatever was started when it is closed is ended: the servers first, at the same time. */
public final class LocalSystem implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

    private final Lifetime lifetime = new Lifetime();
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

    /** @param work folder for data, servers and logs, of this system alone */
    public LocalSystem(Project project, Path work, Ports ports, Stack.Transport transport) {
        this.project = project;
        this.work = work.toAbsolutePath();
        this.ports = ports;
        this.transport = transport;
    }

    /**
     * Starts the stack.
     *
     * @throws IllegalStateException when a part does not come up
     */
    public Stack startStack() {
        return startStack(false);
    }

    /**
     * The same.
     *
     * @param durable whether the trade numbers survive when the counter table is killed
     */
    public Stack startStack(boolean durable) {
        stack = Stack.start(lifetime, project, work, ports, transport, durable);
        return stack;
    }

    /** Starts Zipkin and does not wait; servers that are started after it send their traces there. */
    public Zipkin startZipkin() {
        zipkin = lifetime.start(() -> Zipkin.start(project, ports.of(Port.ZIPKIN), work.resolve("logs/zipkin.log")));
        return zipkin;
    }

    /**
     * Starts an OpenID provider; servers that are started after it require its tokens.
     *
     * @return its customers can sign in at the page
     */
    OidcServer startOidc() {
        oidc = lifetime.start(() -> new OidcServer(ports.of(Port.OIDC), TOKEN_LIFETIME, loginPage()));
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

    /** Starts the four servers beside the stack, at the same time, and does not wait. */
    public void startServers() {
        startServers(
                new LocalEnvironment(ports, stack.messaging(), zipkin == null ? null : zipkin.spans()),
                oidc == null ? Map.of() : oidc.environment());
    }

    /**
     * The same, in an environment of one's own.
     *
     * @param changes variables to add or to replace, in every service
     */
    public void startServers(LocalEnvironment own, Map<String, String> changes) {
        planServers(own, changes);
        servers.values().forEach(server -> lifetime.step(server::start));
    }

    /** Says what the four servers will run with, for who starts them one by one. */
    public void planServers(LocalEnvironment own, Map<String, String> changes) {
        environment = own;
        for (var service : Service.values()) {
            var variables = environment.of(service);
            variables.putAll(changes);
            servers.put(service, new LibertyServer(project, service, work.resolve("usr"), variables));
        }
        // Owned before the first is started: when the second cannot be, the first is ended too.
        lifetime.own(this::stopServers);
    }

    /**
     * Assembles another server of a service beside the first, not started yet, ended with the others.
     *
     * @param changes variables to add or to replace
     */
    public LibertyServer another(Service service, int port, Map<String, String> changes) {
        var variables = environment.of(service);
        variables.put("PORT_NUMBER", String.valueOf(port));
        variables.putAll(changes);
        var server = new LibertyServer(
                project, service, work.resolve("beside-" + ++others).resolve("usr"), variables);
        lifetime.own(server);
        server.assemble();
        return server;
    }

    /**
     * Returns when all four are ready, and Zipkin is up if it was started.
     *
     * @throws IllegalStateException when one is not; the message has the end of its log
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

    /** Zipkin, or null where it was not started. */
    public Zipkin zipkin() {
        return zipkin;
    }

    /** What the servers run with, but for changes. */
    public LocalEnvironment environment() {
        return environment;
    }

    public LibertyServer server(Service service) {
        return servers.get(service);
    }

    @Override
    public void close() {
        lifetime.close();
    }

    private void stopServers() {
        servers.values().stream().filter(LibertyServer::isAlive).forEach(LibertyServer::terminate);
        servers.values().forEach(LibertyServer::close);
    }
}
