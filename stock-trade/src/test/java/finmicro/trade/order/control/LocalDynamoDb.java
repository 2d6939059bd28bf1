package finmicro.trade.order.control;

import finmicro.embedded.LocalAws;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB Local in a separate process, on loopback, with the empty table of trade numbers. */
final class LocalDynamoDb implements AutoCloseable {

    static final String TABLE = "StockTrade.max_number";

    private static final Path BUILT = Path.of("../stock-local/dynamodb/target");

    private final Process process;
    private final DynamoDbClient client;

    private LocalDynamoDb(Process process, DynamoDbClient client) {
        this.process = process;
        this.client = client;
    }

    static LocalDynamoDb start() throws IOException {
        int port = freePort();
        String libraries = Files.readString(BUILT.resolve("classpath.txt")).strip();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx128m",
                        "-cp",
                        BUILT.resolve("classes") + File.pathSeparator + libraries,
                        "finmicro.dynamodb.LoopbackDynamoDb",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        DynamoDbClient client = LocalAws.client(DynamoDbClient.builder(), URI.create("http://127.0.0.1:" + port));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(SdkClientException.class)
                .until(() -> created(client));
        return new LocalDynamoDb(process, client);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean created(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(KeySchemaElement.builder()
                        .attributeName("column_name")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("column_name")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
        return true;
    }

    DynamoDbClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }
}
