package finmicro.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;

/**
 * DynamoDB Local, in memory, on 127.0.0.1 only.
 *
 * <p>Its own {@code ServerRunner} binds every interface, knows no option for it, and reports its use to its maker; so the
 * server is put together here.
 */
public final class LoopbackDynamoDb {

    private LoopbackDynamoDb() {}

    /**
     * Serves until standard input ends: whoever started it holds the other end, so it cannot outlive that process.
     *
     * @param arguments the port to listen on
     * @throws Exception when the port is taken
     */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[0]);
        var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
        var server = new Server(new InetSocketAddress("127.0.0.1", port));
        server.setHandler(new LocalDynamoDBServerHandler(requests, null));
        server.start();
        while (System.in.read() >= 0) {
            // nothing is said on it
        }
        System.exit(0);
    }
}
