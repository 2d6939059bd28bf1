package finmicro.common.persistence;

import finmicro.common.problem.Problem;
import finmicro.common.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * The requests of a group commit, and which of them leads the next transaction. One monitor guards all of it, and while
 * nobody leads, the first request in the queue does: there is no moment at which the leadership can get lost. Nothing blocks
 * under the monitor; a request that waits is parked outside it.
 *
 * @param <T> an item to commit
 * @param <R> its result
 */
final class CommitQueue<T, R> {

    private static final String WITHDRAWN = "The database is busy. The request was not carried out. Try again.";
    private static final String UNKNOWN =
            "The database did not answer in time. The request may have been carried out: check before you send it again.";

    private final long limit;
    private final Ticker ticker;
    private final Queue<CommitRequest<T, R>> waiting = new ArrayDeque<>();
    private boolean led;

    /** @param limit how long a request waits for its outcome, and how late a transaction with it may begin */
    CommitQueue(Duration limit, Ticker ticker) {
        this.limit = limit.toNanos();
        this.ticker = ticker;
    }

    /** Adds a request of the calling thread at the end of the queue. */
    synchronized CommitRequest<T, R> add(T item) {
        CommitRequest<T, R> request = new CommitRequest<>(item, ticker.nanos(), Thread.currentThread());
        waiting.add(request);
        return request;
    }

    /**
     * Waits until the request is done, its time is over, or its caller has to lead. An interrupt counts as the end of its
     * time.
     *
     * @return whether the caller leads: then it {@link #take takes} a group, and {@link #handOn hands on} in any case
     */
    boolean awaitTurn(CommitRequest<T, R> request) {
        while (true) {
            synchronized (this) {
                if (request.isDone()) {
                    return false;
                }
                if (!led && waiting.peek() == request) {
                    led = true;
                    return true;
                }
                if (left(request) <= 0 || Thread.currentThread().isInterrupted()) {
                    giveUp(request);
                    return false;
                }
            }
            LockSupport.parkNanos(this, left(request));
        }
    }

    /** Takes the first requests out of the queue: the group of the caller, who leads. */
    synchronized List<CommitRequest<T, R>> take(int most) {
        List<CommitRequest<T, R>> group = new ArrayList<>();
        while (group.size() < most && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        return group;
    }

    /** Ends the leadership of the caller. The first in the queue, if there is one, leads next. */
    synchronized void handOn() {
        led = false;
        wakeFirst();
    }

    /**
     * A transaction begins. Requests whose time is over are withdrawn.
     *
     * @return the requests that it is to commit
     */
    synchronized List<CommitRequest<T, R>> start(List<CommitRequest<T, R>> group) {
        List<CommitRequest<T, R>> started = new ArrayList<>();
        for (CommitRequest<T, R> request : group) {
            if (!request.isDone() && left(request) <= 0) {
                giveUp(request);
            }
            if (!request.isDone()) {
                request.start();
                started.add(request);
            }
        }
        return started;
    }

    /** The transaction of these requests was rolled back: none of them is carried out, and all of them can be tried again. */
    synchronized void rolledBack(List<CommitRequest<T, R>> group) {
        for (CommitRequest<T, R> request : group) {
            request.rolledBack();
        }
    }

    /**
     * The transaction of these requests is committed.
     *
     * @param results in the order of the requests
     */
    synchronized void complete(List<CommitRequest<T, R>> group, List<R> results) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).complete(results.get(i));
        }
    }

    /** These requests have failed. */
    synchronized void fail(List<CommitRequest<T, R>> group, Throwable failure) {
        for (CommitRequest<T, R> request : group) {
            request.fail(failure);
        }
    }

    /** The requests in the queue have failed. */
    void failWaiting(Throwable failure) {
        fail(take(Integer.MAX_VALUE), failure);
    }

    /** How many requests are in the queue. */
    synchronized int waiting() {
        return waiting.size();
    }

    synchronized boolean isLed() {
        return led;
    }

    /** Ends a request whose time is over. It is withdrawn, unless a transaction with it is under way. */
    private void giveUp(CommitRequest<T, R> request) {
        request.fail(
                Problem.unavailable(request.isStarted() ? UNKNOWN : WITHDRAWN).exception());
        waiting.remove(request);
        wakeFirst();
    }

    private void wakeFirst() {
        if (!led && !waiting.isEmpty()) {
            waiting.peek().wake();
        }
    }

    private long left(CommitRequest<T, R> request) {
        return limit - (ticker.nanos() - request.since());
    }
}
