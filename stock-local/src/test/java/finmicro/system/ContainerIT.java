package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.embedded.TaskEnvironment;
import finmicro.local.CounterTable;
import finmicro.local.LibertyServer;
import finmicro.local.OidcServer;
import finmicro.local.Port;
import finmicro.local.Ports;
import finmicro.local.Project;
import finmicro.local.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs a task of stock-trade as ECS would, next to the one of the shared system. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class ContainerIT {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CUSTOMER = "container-customer";
    private static final String USER = "stock_trade";
    private static final String PASSWORD = "kR7wXq2LmN9vTb4ZsP6yHd8FcJ3gVa5E";

    private final TradingSystem system;
    private final Path folder = Project.located().target("container");

    ContainerIT(TradingSystem system) {
        this.system = system;
    }

    @Test
    void taskRunsFromAReadOnlyImageWithTheVariablesOfItsDefinition() throws Exception {
        Files.createDirectories(folder);
        system.stack().database().restartWith(schemas());
        MetricsCollector collector = new MetricsCollector();
        OidcServer oidc = new OidcServer(Ports.free().of(Port.OIDC), Duration.ofMinutes(5), null);
        String token = oidc.token(Map.of("sub", CUSTOMER, "scope", "stock/trader"));
        int port = Ports.free().of(Port.TRADE);
        String check = healthCheck();
        try (Container task = new Container(Project.located(), "stock-trade", folder.resolve("stock-trade"))) {
            assertThat(task.isHealthy(check)).isFalse();
            task.start(environment(port, collector.uri(), oidc));

            await().atMost(START).until(() -> !task.isAlive() || answers(port, "/health/ready", ""));
            assertThat(task.isAlive()).as(task::console).isTrue();
            assertThat(answers(port, "/trade/order", "")).isFalse();
            assertThat(answers(port, "/trade/order", token)).isTrue();
            openAccount(port, oidc.token(Map.of("scope", "stock/operator")));
            await().atMost(SOON).until(() -> task.isHealthy(check));
            await().atMost(SOON)
                    .until(() -> collector.series().stream()
                            .anyMatch(series -> series.name().equals("outbox.oldest.unsent")));
            assertThat(line(task, place(port, token)).path("ext_traceId").asText())
                    .matches("[0-9a-f]{32}");
            assertUnavailableBackendIsLoggedOnce(task, port, token, collector);
            assertThat(task.console())
                    .contains("service.start")
                    .doesNotContain("Permission denied", "Read-only", PASSWORD, token, "orderQuantity");
            assertThat(task.console()
                            .lines()
                            .filter(line -> !line.isBlank() && !line.matches("(Launching|OpenJDK) .*")))
                    .allSatisfy(
                            line -> assertThat(json(line).path("type").asText()).isEqualTo("liberty_message"));

            assertThat(task.stop()).isIn(0, 143);
            // Simulates a server that no longer updates its health files.
            Path ready = task.output().resolve("defaultServer/health/ready");
            if (Files.exists(ready)) {
                Files.setLastModifiedTime(ready, FileTime.from(Instant.now().minusSeconds(20)));
            }
            assertThat(task.isHealthy(check)).isFalse();
        } finally {
            collector.close();
            oidc.close();
        }
    }

    /** Variables of the task definition with values for this machine, and those that ECS adds: credentials. */
    private Map<String, String> environment(int port, URI collector, OidcServer oidc) {
        Map<String, String> local = system.environment().of(Service.TRADE);
        Map<String, String> variables = new HashMap<>();
        TaskEnvironment task =
                new TaskEnvironment("stock-trade", Map.of("MessageMode", "sqs", "CounterName", CounterTable.TABLE));
        for (String name : task.names()) {
            variables.put(name, local.getOrDefault(name, task.read(name).orElseThrow()));
        }
        variables.putAll(Map.of(
                "PORT_NUMBER",
                String.valueOf(port),
                "DB_USERNAME",
                USER,
                "DB_PASSWORD",
                PASSWORD,
                "DB_SSL_MODE",
                "PREFERRED",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.toString()));
        for (String name : new String[] {
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_SQS", "DYNAMODB_ENDPOINT", "HTTP_HOST"
        }) {
            variables.put(name, local.get(name));
        }
        variables.putAll(Map.of(
                "ECS_CONTAINER_METADATA_URI_V4",
                "http://169.254.170.2/v4/task",
                "JWT_ISSUER",
                oidc.issuer(),
                "JWT_JWKS_URI",
                oidc.keysUri().toString(),
                "JWT_AUDIENCE",
                OidcServer.AUDIENCE,
                "OIDC_TOKEN_URI",
                oidc.tokenUri().toString(),
                "OIDC_CLIENT_ID",
                "stock-trade",
                "OIDC_CLIENT_SECRET",
                PASSWORD));
        variables.putAll(TradingSystem.SHORT_POLLS);
        variables.putAll(Map.of(
                "ORDER_LOG",
                "info",
                "OTEL_METRIC_EXPORT_INTERVAL",
                "1000",
                "OTEL_TRACES_SAMPLER_ARG",
                "1",
                "OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED",
                "true"));
        variables.put("JVM_ARGS", LibertyServer.JVM_ARGS);
        return variables;
    }

    /** Statements that the task that creates the schemas would run. */
    private String schemas() throws IOException, InterruptedException {
        Path client = Files.createDirectories(folder.resolve("bin")).resolve("mysql");
        Path statements = folder.resolve("schemas.sql");
        Files.writeString(client, "#!/bin/sh\ncat >'" + statements + "'\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder script = new ProcessBuilder(
                Project.located().root().resolve("ecs/schemas/create.sh").toString());
        script.environment()
                .putAll(Map.of(
                        "PATH", client.getParent() + ":" + System.getenv("PATH"),
                        "DB_HOST", "database",
                        "ADMIN_USERNAME", "administrator",
                        "ADMIN_PASSWORD", "secret",
                        "BALANCE_USERNAME", "stock_balance",
                        "BALANCE_PASSWORD", PASSWORD,
                        "ITEMS_USERNAME", "stock_items",
                        "ITEMS_PASSWORD", PASSWORD));
        script.environment().putAll(Map.of("TRADE_USERNAME", USER, "TRADE_PASSWORD", PASSWORD));
        assertThat(script.inheritIO().start().waitFor()).isZero();
        return Files.readString(statements);
    }

    /** The log line of an order, which has trade number and trace id as separate fields. */
    private static JsonNode line(Container task, long tradeNo) throws IOException {
        List<String> lines = task.console()
                .lines()
                .filter(line -> line.contains("\"ext_tradeNo\":\"" + tradeNo + "\""))
                .toList();
        assertThat(lines).hasSize(1);
        return json(lines.get(0));
    }

    /** Orders are still accepted, and the failed exports are logged only once. */
    private static void assertUnavailableBackendIsLoggedOnce(
            Container task, int port, String token, MetricsCollector collector) throws Exception {
        collector.close();
        AtomicInteger attempts = new AtomicInteger();
        try (ServerSocket unavailable =
                new ServerSocket(collector.uri().getPort(), 50, InetAddress.getLoopbackAddress())) {
            await().atMost(SOON).until(() -> {
                place(port, token);
                unavailable.accept().close();
                return attempts.incrementAndGet() > 5;
            });
        }
        assertThat(task.console().lines().filter(line -> line.contains("Failed to export")))
                .hasSize(1);
    }

    /** By the task definition, an operator opens accounts, and they start without cash. */
    private static void openAccount(int port, String operator) throws IOException, InterruptedException {
        created(request(port, "/trade/accounts/" + CUSTOMER, operator).PUT(HttpRequest.BodyPublishers.noBody()));
        String deposit = "{\"account\":\"%s\",\"type\":\"DEPOSIT\",\"amount\":10000000,\"reference\":\"first\"}";
        created(request(port, "/trade/cash-movements", operator)
                .header("Idempotency-Key", "first")
                .POST(HttpRequest.BodyPublishers.ofString(deposit.formatted(CUSTOMER))));
    }

    private static long place(int port, String token) throws IOException, InterruptedException {
        String order = Trading.order("BUY", "0", "100", 1).toString();
        return created(request(port, "/trade/order", token).POST(HttpRequest.BodyPublishers.ofString(order)))
                .at("/acceptanceResult/tradeNo")
                .asLong();
    }

    private static JsonNode created(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response.body());
    }

    private static HttpRequest.Builder request(int port, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token);
    }

    private static String healthCheck() throws IOException {
        JsonNode container = new ObjectMapper()
                .readTree(Project.located()
                        .root()
                        .resolve("ecs/task-definitions/stock-trade.json")
                        .toFile())
                .at("/containerDefinitions/0");
        assertThat(container.at("/healthCheck/command/0").asText()).isEqualTo("CMD-SHELL");
        return container.at("/healthCheck/command/1").asText();
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    private static boolean answers(int port, String path, String token) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(request(port, path, token).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
