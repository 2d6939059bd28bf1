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

/**
 * A port on loopback that passes connections on to another: the way to a server, which can be cut without harm to the
 * server and what it holds.
 */
public final class TcpGate implements AutoCloseable {

    private final int port;
    private final Supplier<Watch> watches;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private ServerSocket entrance;
    private Thread porter;

    /**
     * An open gate.
     *
     * @param port to listen on
     * @param target port that connections are passed on to
     */
    public TcpGate(int port, int target) {
        this(port, target, () -> server -> server);
    }

    /**
     * The same, watched.
     *
     * @param watches makes the watch of one connection
     */
    public TcpGate(int port, int target, Supplier<Watch> watches) {
        this.port = port;
        this.target = target;
        this.watches = watches;
        open();
    }

    /** Sees what passes on one connection; an {@link IOException} of its streams ends the connection. */
    @FunctionalInterface
    public interface Watch {

        /** Wraps the way to the server. */
        OutputStream requests(OutputStream server);

        /** Wraps the way back. */
        default OutputStream answers(OutputStream client) {
            return client;
        }
    }

    public int port() {
        return port;
    }

    /** Ends all connections, and refuses new ones until {@link #open()}. */
    public synchronized void cut() {
        try {
            entrance.close();
            // The port is free only when nobody waits at it any more.
            porter.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(TcpGate::end);
    }

    /** Lets connections through. */
    public synchronized void open() {
        if (entrance != null && !entrance.isClosed()) {
            return;
        }
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            entrance = opened;
            porter = start("gate-" + port, () -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes new connections on to another port from now on; those that there are stay where they are. */
    public void leadTo(int newTarget) {
        target = newTarget;
    }

    @Override
    public void close() {
        cut();
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket near = opened.accept();
                start("gate-" + port + "-in", () -> connect(opened, near));
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void connect(ServerSocket through, Socket near) {
        connections.add(near);
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            connections.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            // It was cut while this one was on its way in.
            if (!through.isClosed()) {
                Watch watch = watches.get();
                start("gate-" + port + "-out", () -> copy(far, near, watch::answers));
                copy(near, far, watch::requests);
            }
            connections.remove(far);
        } catch (IOException e) {
            // nobody answers behind the gate: the caller sees its connection end
        }
        connections.remove(near);
    }

    /** Copies until either side ends, and then ends both. */
    private static void copy(Socket from, Socket to, UnaryOperator<OutputStream> watched) {
        try {
            from.getInputStream().transferTo(watched.apply(to.getOutputStream()));
        } catch (IOException e) {
            // one side is gone
        }
        end(from);
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
