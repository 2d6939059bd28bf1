package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A TCP proxy on a loopback port. Cuts the connections to a server without affecting the server. */
public final class TcpGate implements AutoCloseable {

    private final int port;
    private final Supplier<Inspector> inspectors;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private ServerSocket listener;
    private Thread acceptor;

    /**
     * Opens a gate.
     *
     * @param port to listen on
     * @param target port that connections are forwarded to
     */
    public TcpGate(int port, int target) {
        this(port, target, () -> server -> server);
    }

    /**
     * Opens a gate whose traffic is inspected.
     *
     * @param inspectors creates an inspector for each connection
     */
    public TcpGate(int port, int target, Supplier<Inspector> inspectors) {
        this.port = port;
        this.target = target;
        this.inspectors = inspectors;
        open();
    }

    /** Inspects the traffic of one connection. An {@link IOException} of its streams ends the connection. */
    @FunctionalInterface
    public interface Inspector {

        /** Wraps the stream to the server. */
        OutputStream requests(OutputStream server);

        /** Wraps the stream to the client. */
        default OutputStream responses(OutputStream client) {
            return client;
        }
    }

    public int port() {
        return port;
    }

    /** Closes all connections, and refuses new ones until {@link #open()}. */
    public synchronized void cut() {
        try {
            listener.close();
            // The port is in use until the accepting thread has ended.
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(TcpGate::closeQuietly);
    }

    /** Accepts connections. */
    public synchronized void open() {
        if (listener != null && !listener.isClosed()) {
            return;
        }
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = opened;
            acceptor = start("gate-" + port, () -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forwards new connections to another port. Existing ones do not change. */
    public void forwardTo(int newTarget) {
        target = newTarget;
    }

    @Override
    public void close() {
        cut();
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket client = opened.accept();
                start("gate-" + port + "-in", () -> connect(opened, client));
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void connect(ServerSocket listening, Socket client) {
        connections.add(client);
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            connections.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            // The gate may have been cut while this connection was accepted.
            if (!listening.isClosed()) {
                Inspector inspector = inspectors.get();
                start("gate-" + port + "-out", () -> copy(server, client, inspector::responses));
                copy(client, server, inspector::requests);
            }
            connections.remove(server);
        } catch (IOException e) {
            // the server is unreachable: closes the connection of the client
        }
        connections.remove(client);
    }

    /** Copies until either side closes the connection, and then closes both. */
    private static void copy(Socket from, Socket to, UnaryOperator<OutputStream> wrapper) {
        try {
            from.getInputStream().transferTo(wrapper.apply(to.getOutputStream()));
        } catch (IOException e) {
            // one side has closed the connection
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // already closed
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
