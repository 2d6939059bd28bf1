package finmicro.embedded;

import java.util.concurrent.CountDownLatch;

/** {@link EmbeddedQueues} as a separate process, so that its CPU time can be measured. */
public final class QueueServer {

    private QueueServer() {}

    /**
     * Runs until the process is stopped.
     *
     * @param arguments the port to listen on
     */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedQueues.start(Integer.parseInt(arguments[0]));
        new CountDownLatch(1).await();
    }
}
