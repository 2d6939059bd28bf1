package finmicro.local;

import finmicro.embedded.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB Local as a separate process on 127.0.0.1, with the empty table of the trade numbers. */
public final class CounterTable implements AutoCloseable {

    public static final String TABLE = "StockTrade.max_number";
    public static final String KEY = "column_name";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Supplier<ChildProcess> program;
    private final URI endpoint;
    private volatile ChildProcess process;

    private CounterTable(Supplier<ChildProcess> program, URI endpoint) {
        this.program = program;
        this.endpoint = endpoint;
        this.process = program.get();
    }

    /**
     * Starts it and creates the table.
     *
     * @param data folder for its data, emptied first, in which they survive {@link #kill()}; null to keep them in memory
     * @param log file for its output
     * @throws IllegalStateException if it does not start
     */
    public static CounterTable start(Project project, int port, Path data, Path log) {
        var arguments = new ArrayList<>(List.of(
                "-cp", project.classPath("dynamodb"), "finmicro.dynamodb.LoopbackDynamoDb", String.valueOf(port)));
        if (data != null) {
            arguments.add(emptied(data).toString());
        }
        var table = new CounterTable(
                () -> ChildProcess.startJava("DynamoDB Local", "128m", arguments, Map.of(), log),
                URI.create("http://127.0.0.1:" + port));
        try {
            table.create();
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
        return table;
    }

    public URI endpoint() {
        return endpoint;
    }

    public long pid() {
        return process.pid();
    }

    /** A new client; the caller closes it. */
    public DynamoDbClient client() {
        return LocalAws.client(DynamoDbClient.builder(), endpoint);
    }

    /** Kills it (SIGKILL). {@link #restart()} starts it again, with its data if they are in a folder. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Starts it again after {@link #kill()} and waits until the table exists. */
    public void restart() {
        process = program.get();
        create();
    }

    @Override
    public void close() {
        process.terminate();
        process.awaitEnd(STOP);
    }

    private void create() {
        try (var client = client()) {
            process.awaitUp(() -> created(client), START);
        }
    }

    private static boolean created(DynamoDbClient client) {
        try {
            client.createTable(request -> request.tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName(KEY)
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName(KEY)
                            .attributeType(ScalarAttributeType.S)
                            .build()));
            return true;
        } catch (ResourceInUseException e) {
            return true; // exists already, after a restart
        } catch (SdkClientException e) {
            return false;
        }
    }

    private static Path emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
