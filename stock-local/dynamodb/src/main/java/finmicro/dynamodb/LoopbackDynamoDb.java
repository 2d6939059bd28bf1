package finmicro.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;

/**
 * DynamoDB Local on 127.0.0.1 only: in memory, or in a folder. In a folder a write that was answered survives the end of the process,
 * as it does in DynamoDB itself.
 *
 * <p>Its own {@code ServerRunner} binds every interface, knows no option for it, and reports its use to its maker; so the
 * server is put together here.
 */
public final class LoopbackDynamoDb {

    private LoopbackDynamoDb() {}

    /**
     * Serves until standard input ends: whoever started it holds the other end, so it cannot outlive that process.
     *
     * @param arguments the port to listen on, and optionally an existing folder for the data; data that are there already stay
     * @throws Exception when the port is taken
     */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[0]);
        var folder = arguments.length > 1 ? arguments[1] : null;
        var requests = new LocalDynamoDBRequestHandler(0, folder == null, folder, true, false);
        var server = new Server(new InetSocketAddress("127.0.0.1", port));
        server.setHandler(new LocalDynamoDBServerHandler(requests, null));
        server.start();
        while (System.in.read() >= 0) {
            // nothing is said on it
        }
        System.exit(0);
    }
}
