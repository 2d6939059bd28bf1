package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for one destination's relay in memory: messages that are committed and claimed for it, and a bell. */
final class Tray {

    /** Longer than that none lies here: it would be told after its claim has run out, and the table brings it then. */
    static final Duration KEPT = Outbox.CLAIM.dividedBy(2);

    /** A message, and since when it is claimed. */
    private record Laid(OutboxMessage message, long since) {

        boolean isOld() {
            return System.nanoTime() - since > KEPT.toNanos();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Laid> messages = new ArrayDeque<>();
    private int room;
    private int reserved;
    private boolean rung;

    /** Takes up to so many messages from now on. */
    void open(int most) {
        locked(() -> room = most);
    }

    /** Keeps room for messages whose transaction is under way. Returns whether there is any. */
    boolean reserve(int count) {
        lock.lock();
        try {
            boolean fits = messages.size() + reserved + count <= room;
            reserved += fits ? count : 0;
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Lays down messages for which room was kept: they are committed, and claimed since then. */
    void lay(List<OutboxMessage> committed, long since) {
        locked(() -> {
            reserved -= committed.size();
            committed.forEach(message -> messages.add(new Laid(message, since)));
        });
    }

    /** Gives up room that was kept: the transaction failed. */
    void release(int count) {
        locked(() -> reserved -= count);
    }

    /** Wakes the relay: there may be something in the table. */
    void ring() {
        locked(() -> rung = true);
    }

    /** Whether somebody has rung since this was asked last. */
    boolean answerRing() {
        lock.lock();
        try {
            boolean answered = rung;
            rung = false;
            return answered;
        } finally {
            lock.unlock();
        }
    }

    /** Takes messages up, as {@link Outbox#claim} does: more than a call's are taken by whole calls alone. */
    List<OutboxMessage> take(int most, int call) {
        lock.lock();
        try {
            messages.removeIf(Laid::isOld);
            int count = Delivery.wholeCalls(Math.min(most, messages.size()), call);
            List<OutboxMessage> taken = new ArrayList<>(count);
            while (taken.size() < count) {
                taken.add(messages.remove().message());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a message or a ring, at most so long. */
    void await(Duration most) throws InterruptedException {
        lock.lock();
        try {
            for (long left = most.toNanos(); left > 0 && messages.isEmpty() && !rung; ) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes nothing more. Waits for the transactions for which room was kept, at most so long.
     *
     * @return what was left: it is still claimed
     */
    List<OutboxMessage> close(Duration most) throws InterruptedException {
        lock.lock();
        try {
            room = 0;
            for (long left = most.toNanos(); left > 0 && reserved > 0; ) {
                left = changed.awaitNanos(left);
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
