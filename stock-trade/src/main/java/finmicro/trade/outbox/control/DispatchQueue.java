package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Buffers the committed and claimed messages of one destination in memory until its relay takes them. It also carries the signal to
 * the relay to poll the table.
 */
final class DispatchQueue {

    /** Maximum time a message stays in this buffer. Older ones are picked up from the table once their claim expires. */
    static final Duration MAX_AGE = Outbox.CLAIM.dividedBy(2);

    /**
     * A buffered message.
     *
     * @param claimedAt by {@link System#nanoTime}
     */
    private record Claimed(OutboxMessage message, long claimedAt) {

        boolean isExpired() {
            return System.nanoTime() - claimedAt > MAX_AGE.toNanos();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Claimed> messages = new ArrayDeque<>();
    private int capacity;
    private int reserved;
    private boolean signalled;

    /** Starts to accept messages, up to this number at a time. */
    void open(int messages) {
        locked(() -> capacity = messages);
    }

    /** Reserves capacity for the messages of an open transaction. Returns false if there is too little. */
    boolean reserve(int count) {
        lock.lock();
        try {
            boolean fits = messages.size() + reserved + count <= capacity;
            reserved += fits ? count : 0;
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Adds committed messages, for which capacity is reserved. */
    void offer(List<OutboxMessage> committed, long claimedAt) {
        locked(() -> {
            reserved -= committed.size();
            committed.forEach(message -> messages.add(new Claimed(message, claimedAt)));
        });
    }

    /** Releases reserved capacity after a rollback. */
    void release(int count) {
        locked(() -> reserved -= count);
    }

    /** Wakes the relay because the table may have messages for it. */
    void signal() {
        locked(() -> signalled = true);
    }

    /** Clears the signal. Returns whether there was one. */
    boolean takeSignal() {
        lock.lock();
        try {
            boolean taken = signalled;
            signalled = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes up to this number of messages, in full batches as {@link OutboxSender#wholeBatches} says. */
    List<OutboxMessage> take(int limit, int batchSize) {
        lock.lock();
        try {
            messages.removeIf(Claimed::isExpired);
            int count = OutboxSender.wholeBatches(Math.min(limit, messages.size()), batchSize);
            List<OutboxMessage> taken = new ArrayList<>(count);
            while (taken.size() < count) {
                taken.add(messages.remove().message());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a message, a signal or the timeout. */
    void await(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            for (long remaining = timeout.toNanos(); remaining > 0 && messages.isEmpty() && !signalled; ) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops accepting messages, and waits for the transactions that have reserved capacity.
     *
     * @return the remaining messages, still claimed
     */
    List<OutboxMessage> close(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            capacity = 0;
            for (long remaining = timeout.toNanos(); remaining > 0 && reserved > 0; ) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
        return take(Integer.MAX_VALUE, 1);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
