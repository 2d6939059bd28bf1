package finmicro.local;

import finmicro.embedded.LocalAws;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB Local as a process of its own on 127.0.0.1, with the empty table of the trade numbers. */
public final class CounterTable implements AutoCloseable {

    public static final String TABLE = "StockTrade.max_number";
    public static final String KEY = "column_name";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final ChildProcess process;
    private final URI endpoint;

    private CounterTable(ChildProcess process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts it, empty, and returns when the table is there.
     *
     * @param log file for its output
     * @throws IllegalStateException when it does not come up
     */
    public static CounterTable start(Project project, int port, Path log) {
        var process = ChildProcess.startJava(
                "DynamoDB Local",
                "128m",
                List.of(
                        "-cp",
                        project.classPath("dynamodb"),
                        "finmicro.dynamodb.LoopbackDynamoDb",
                        String.valueOf(port)),
                Map.of(),
                log);
        var table = new CounterTable(process, URI.create("http://127.0.0.1:" + port));
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

    /** A client for it; the caller closes it. */
    public DynamoDbClient client() {
        return LocalAws.client(DynamoDbClient.builder(), endpoint);
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
        } catch (SdkClientException e) {
            return false;
        }
    }
}
