package finmicro.embedded;

import java.util.concurrent.CountDownLatch;

/** {@link EmbeddedQueues} in a process of its own, whose CPU time is then the queue server's alone. */
public final class QueueServer {

    private QueueServer() {}

    /**
     * Runs until it is told to end.
     *
     * @param arguments the port to listen on
     */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedQueues.start(Integer.parseInt(arguments[0]));
        new CountDownLatch(1).await();
    }
}
