package finmicro.common.events;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread pool that writes to a feed's subscribers. If a client does not read, Liberty blocks the writing thread until its
 * write timeout of 10 seconds, even through a {@link jakarta.servlet.WriteListener}. So threads are added while some are
 * blocked, up to one per subscriber, and the server's threads are never used.
 */
final class Writers implements Executor {

    /** Enough for all subscribers if no write blocks: such a write takes microseconds. */
    private static final int THREADS = 4;

    /** Stack size in bytes: what a write needs, with a margin. */
    private static final int STACK = 256 * 1024;

    private final ThreadPoolExecutor threads;
    private final int maxThreads;

    /** @param maxSubscribers maximum number of subscribers */
    Writers(int maxSubscribers) {
        maxThreads = THREADS + maxSubscribers;
        threads = new ThreadPoolExecutor(
                THREADS, maxThreads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Writers::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "event-writer", STACK);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable write) {
        threads.execute(write);
    }

    /** Resizes the pool. Adds two threads per blocked one, because more may block before the next call. */
    void adjust(long blocked) {
        int size = (int) Math.min(maxThreads, THREADS + 2 * blocked);
        if (threads.getCorePoolSize() != size) {
            threads.setCorePoolSize(size);
        }
    }
}
