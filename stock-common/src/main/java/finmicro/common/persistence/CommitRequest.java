package finmicro.common.persistence;

import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * An item of a group commit, and its outcome. The monitor of its {@link CommitQueue} guards it. A request that is done stays
 * as it is, whatever becomes of the transaction from which it was given up.
 *
 * @param <T> the item
 * @param <R> its result
 */
final class CommitRequest<T, R> {

    private enum State {
        /** Not in a transaction, or in one that was rolled back: it can be withdrawn. */
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
     * @param since when it was made, by the queue's ticker
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

    /** Has the caller look again: the request is done, or the caller may have to lead. */
    void wake() {
        LockSupport.unpark(caller);
    }

    /** The result, or the failure thrown. */
    R outcome() {
        if (failure != null) {
            throw failure instanceof RuntimeException cause ? cause : new CompletionException(failure);
        }
        return result;
    }
}
