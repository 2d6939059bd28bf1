package finmicro.common.persistence;

import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A request of a group commit, waiting for its result or for leadership of the next group. Guarded by the monitor of its
 * {@link CommitQueue}. The outcome is final: if the request has timed out, the end of its transaction does not change it.
 *
 * @param <T> the item
 * @param <R> its result
 */
final class CommitRequest<T, R> {

    private enum State {
        /** Not in a transaction, or rolled back: it can be withdrawn. */
        WAITING,
        /** In a transaction. */
        STARTED,
        DONE
    }

    private final T item;
    private final long since;
    private final Thread caller;
    private State state = State.WAITING;
    private R result;
    private Throwable failure;

    /**
     * @param since creation time by the queue's ticker
     * @param caller the thread that waits for it
     */
    CommitRequest(T item, long since, Thread caller) {
        this.item = item;
        this.since = since;
        this.caller = caller;
    }

    T item() {
        return item;
    }

    long since() {
        return since;
    }

    boolean isStarted() {
        return state == State.STARTED;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    void start() {
        state = State.STARTED;
    }

    void rolledBack() {
        if (!isDone()) {
            state = State.WAITING;
        }
    }

    void complete(R committed) {
        end(committed, null);
    }

    void fail(Throwable cause) {
        end(null, cause);
    }

    private void end(R committed, Throwable cause) {
        if (!isDone()) {
            result = committed;
            failure = cause;
            state = State.DONE;
            wake();
        }
    }

    /** Unparks the caller: the request is done, or is the leader. */
    void wake() {
        LockSupport.unpark(caller);
    }

    /** Returns the result, or throws the failure. */
    R outcome() {
        if (failure != null) {
            throw failure instanceof RuntimeException cause ? cause : new CompletionException(failure);
        }
        return result;
    }
}
