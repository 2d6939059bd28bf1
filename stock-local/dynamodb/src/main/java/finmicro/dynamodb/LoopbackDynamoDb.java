package finmicro.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;

/**
 * DynamoDB Local on 127.0.0.1 only, in memory or in a folder. In a folder, acknowledged writes survive a crash of the process,
 * as in DynamoDB.
 *
 * <p>It replaces {@code ServerRunner}, which always listens on all interfaces and sends usage data to AWS.
 */
public final class LoopbackDynamoDb {

    private LoopbackDynamoDb() {}

    /**
     * Serves until standard input is closed, so that it does not outlive its parent process.
     *
     * @param arguments the port to listen on, and optionally an existing folder for the data; existing data are kept
     * @throws Exception if the port is in use
     */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[0]);
        var folder = arguments.length > 1 ? arguments[1] : null;
        var requests = new LocalDynamoDBRequestHandler(0, folder == null, folder, true, false);
        var server = new Server(new InetSocketAddress("127.0.0.1", port));
        server.setHandler(new LocalDynamoDBServerHandler(requests, null));
        server.start();
        while (System.in.read() >= 0) {
            // input is ignored
        }
        System.exit(0);
    }
}
