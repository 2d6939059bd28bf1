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
 * The queue of a group commit, which also elects the leader of the next transaction: if there is no leader, the first request
 * in the queue becomes it. One monitor guards queue and leadership, so leadership cannot get lost. Nothing blocks while holding
 * the monitor; waiting requests park outside of it.
 *
 * @param <T> an item to commit
 * @param <R> its result
 */
final class CommitQueue<T, R> {

    private static final String WITHDRAWN = "The database is busy. The request was not carried out. Try again.";
    private static final String UNKNOWN =
            "The database did not respond in time. The request may have been carried out. Check before you send it again.";

    private final long limit;
    private final Ticker ticker;
    private final Queue<CommitRequest<T, R>> waiting = new ArrayDeque<>();
    private boolean led;

    /** @param limit maximum time that a request waits for its outcome, or for the start of its transaction */
    CommitQueue(Duration limit, Ticker ticker) {
        this.limit = limit.toNanos();
        this.ticker = ticker;
    }

    /** Appends a request of the calling thread to the queue. */
    synchronized CommitRequest<T, R> add(T item) {
        CommitRequest<T, R> request = new CommitRequest<>(item, ticker.nanos(), Thread.currentThread());
        waiting.add(request);
        return request;
    }

    /**
     * Waits until the request is done, times out, or becomes the leader. An interrupt counts as a timeout.
     *
     * @return whether the caller is the leader: then it must {@link #take take} a group and always call {@link #handOn}
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
                    timeOut(request);
                    return false;
                }
            }
            LockSupport.parkNanos(this, left(request));
        }
    }

    /** Removes up to {@code max} requests from the head of the queue, as the group of the leader. */
    synchronized List<CommitRequest<T, R>> take(int max) {
        List<CommitRequest<T, R>> group = new ArrayList<>();
        while (group.size() < max && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        return group;
    }

    /** Ends the leadership of the caller. The first request in the queue, if there is one, becomes the leader. */
    synchronized void handOn() {
        led = false;
        wakeFirst();
    }

    /**
     * A transaction begins. Requests that have timed out are withdrawn.
     *
     * @return the requests to commit in it
     */
    synchronized List<CommitRequest<T, R>> start(List<CommitRequest<T, R>> group) {
        List<CommitRequest<T, R>> started = new ArrayList<>();
        for (CommitRequest<T, R> request : group) {
            if (!request.isDone() && left(request) <= 0) {
                timeOut(request);
            }
            if (!request.isDone()) {
                request.start();
                started.add(request);
            }
        }
        return started;
    }

    /** The transaction of these requests was rolled back, so they can be retried. */
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

    /** Fails these requests. */
    synchronized void fail(List<CommitRequest<T, R>> group, Throwable failure) {
        for (CommitRequest<T, R> request : group) {
            request.fail(failure);
        }
    }

    /** Fails all requests in the queue. */
    void failWaiting(Throwable failure) {
        fail(take(Integer.MAX_VALUE), failure);
    }

    /** Number of requests in the queue. */
    synchronized int waiting() {
        return waiting.size();
    }

    synchronized boolean isLed() {
        return led;
    }

    /** Fails a request that has timed out. It is withdrawn, unless its transaction has started. */
    private void timeOut(CommitRequest<T, R> request) {
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
