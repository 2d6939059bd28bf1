package finmicro.local;

import finmicro.embedded.EmbeddedDatabase;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The runner: starts the whole system or only the stack, prints its addresses, and runs until the JVM is stopped.
 *
 * <p>SIGINT and SIGTERM stop this JVM, which may be Maven's, and its shutdown hook stops all other processes.
 */
public final class Main {

    private final PrintStream out;
    private final Ports ports;
    private final LocalSystem system;
    private volatile boolean stopping;

    private Main(PrintStream out, Ports ports, LocalSystem system) {
        this.out = out;
        this.ports = ports;
        this.system = system;
    }

    /**
     * Runs until the JVM is stopped by a signal. Exits with 1 if the start fails.
     *
     * @param arguments {@code run} for the whole system, {@code stack} for only the stack
     */
    public static void main(String[] arguments) throws InterruptedException {
        var whole = List.of(arguments).equals(List.of("run"));
        var transport = "sns".equals(System.getProperty("mode")) ? Stack.Transport.TOPICS : Stack.Transport.QUEUES;
        try {
            var ports = Ports.chosen(System::getProperty);
            var needed = new ArrayList<>(transport.ports());
            needed.addAll(whole ? Service.ports() : List.of());
            var traced = whole && !"off".equals(System.getProperty("zipkin"));
            needed.addAll(traced ? List.of(Port.ZIPKIN) : List.of());
            var signedIn = whole && isSignInRequired();
            needed.addAll(signedIn ? List.of(Port.OIDC) : List.of());
            ports.requireFree(needed);
            var project = Project.located();
            var work = project.target(System.getProperty("local.work", whole ? "run" : "stack"));
            var main = new Main(System.out, ports, new LocalSystem(project, work, ports, transport));
            Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop-system"));
            main.start(whole, traced, signedIn);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private void start(boolean whole, boolean traced, boolean signedIn) {
        var begin = Instant.now();
        out.println("Starting database, queues and counter table");
        var stack = system.startStack();
        if (whole) {
            out.println("Starting four servers (about one minute)");
            if (traced) {
                system.startZipkin();
            }
            var oidc = signedIn ? system.startOidc() : null;
            system.startServers();
            system.awaitReady();
            if (oidc != null) {
                describeSignIn(oidc);
            }
            describeServers(oidc == null ? "" : "-H \"Authorization: Bearer $TOKEN\" ");
        }
        describeStack(stack);
        if (traced) {
            out.printf(
                    "%-14s %s   traces; dependency map: %s%n%n",
                    "Zipkin",
                    system.zipkin().uri().resolve("/zipkin/"),
                    system.zipkin().uri().resolve("/zipkin/dependency"));
        }
        if (whole) {
            out.printf("%-14s %s/%n%n", "Screen", system.server(Service.TRADE).uri());
        }
        out.printf(
                "Ready after %d s. Ctrl-C stops everything.%n",
                Duration.between(begin, Instant.now()).toSeconds());
    }

    /** @throws IllegalArgumentException if the value is neither {@code off} nor {@code jwt} */
    private static boolean isSignInRequired() {
        return switch (System.getProperty("auth", "off")) {
            case "off" -> false;
            case "jwt" -> true;
            default -> throw new IllegalArgumentException("-Dauth must be off or jwt");
        };
    }

    private void describeSignIn(OidcServer oidc) {
        out.printf("%n%-14s %s   Users of the screen, without passwords:%n", "OpenID", oidc.issuer());
        out.println("  alice and bob (customers), vera (read-only), olga (operator)");
        out.println(
                "  Token of alice for the calls below; for the operator, use client_id=olga and scope=stock/operator:");
        out.printf(
                "  TOKEN=$(curl -s %s -d grant_type=client_credentials -d client_id=alice -d client_secret=any"
                        + " -d scope=stock/trader | sed -n 's/.*\"access_token\" *: *\"\\([^\"]*\\).*/\\1/p')%n",
                oidc.tokenUri());
    }

    private void describeServers(String authorization) {
        for (var service : Service.values()) {
            var server = system.server(service);
            server.onExit(() -> reportUnexpectedExit(server));
            out.printf(
                    "%n%-14s %s   OpenAPI %s%n  %s%n",
                    service.artifact(),
                    server.uri(),
                    server.uri().resolve("/openapi/ui"),
                    service.curl(server.uri().toString(), authorization));
        }
        out.println();
    }

    private void reportUnexpectedExit(LibertyServer server) {
        if (!stopping) {
            out.printf("%s exited unexpectedly, see %s%n", server.service().artifact(), server.log());
        }
    }

    private void describeStack(Stack stack) {
        out.printf(
                "%-14s 127.0.0.1:%d   user %s, password %s, schemas %s%n",
                "MySQL",
                ports.of(Port.DATABASE),
                EmbeddedDatabase.USER,
                EmbeddedDatabase.PASSWORD,
                String.join(", ", EmbeddedDatabase.SCHEMAS));
        out.printf("%-14s %s%n", "SQS", stack.messaging().sqs());
        if (stack.messaging().publishes()) {
            out.printf("%-14s %s%n", "SNS", stack.messaging().sns());
        }
        out.printf("%-14s %s%n%n", "DynamoDB", stack.counters().endpoint());
    }

    private void stop() {
        stopping = true;
        out.println("Stopping");
        system.close();
        out.println("Stopped");
    }
}
