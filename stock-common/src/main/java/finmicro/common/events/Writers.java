package finmicro.common.events;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The feed's own threads, which write to its listeners. Liberty blocks a thread that writes to a client that reads nothing,
 * even through a {@link jakarta.servlet.WriteListener}, until its write timeout of 10 seconds. So threads are added while
 * some are blocked, up to one for each listener; no thread of the server is ever taken.
 */
final class Writers implements Executor {

    /** Enough for all listeners while none is blocked: a write that does not block takes microseconds. */
    private static final int THREADS = 4;

    /** What a write needs, with room; bytes. */
    private static final int STACK = 256 * 1024;

    private final ThreadPoolExecutor threads;
    private final int most;

    /** @param listeners how many there can be at most */
    Writers(int listeners) {
        most = THREADS + listeners;
        threads = new ThreadPoolExecutor(
                THREADS, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Writers::thread);
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

    /** Sees to it that there are threads beside those that are blocked: twice as many, as more may be about to block. */
    void adjust(long blocked) {
        int wanted = (int) Math.min(most, THREADS + 2 * blocked);
        if (threads.getCorePoolSize() != wanted) {
            threads.setCorePoolSize(wanted);
        }
    }
}
