package finmicro.common.persistence;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import finmicro.common.time.Ticker;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Commits the items of concurrent requests in one transaction (group commit). The first request is the leader: its transaction
 * includes all items that arrived during the previous one. No request waits for others to arrive, so a single request is
 * committed immediately; the more concurrent requests, the lower the cost of the transaction for each.
 *
 * @param <T> an item to commit
 * @param <R> its result
 */
public final class GroupCommit<T, R> {

    /** Maximum time that a request waits for its outcome. A transaction in progress by then may still commit. */
    public static final Duration WAIT_LIMIT = Duration.ofSeconds(10);

    /** Maximum size of a group. */
    static final int MAX_ITEMS = 50;

    /** Maximum attempts for a single item when lock conflicts occur. */
    private static final int ATTEMPTS = 3;

    private static final long BACKOFF_MILLIS = 20;
    private static final System.Logger LOG = Log.of(GroupCommit.class);

    private final String name;
    private final Readiness readiness;
    private final Function<T, Context> context;
    private final Function<List<T>, List<R>> transaction;
    private final CommitQueue<T, R> queue;

    /**
     * @param name name in logs and in the health response
     * @param readiness detects a transaction that takes too long
     * @param context the trace context of an item
     * @param transaction commits all of the items or none, and returns their results in the same order
     */
    public GroupCommit(
            String name, Readiness readiness, Function<T, Context> context, Function<List<T>, List<R>> transaction) {
        this(name, readiness, context, transaction, new CommitQueue<>(WAIT_LIMIT, Ticker.SYSTEM));
    }

    GroupCommit(
            String name,
            Readiness readiness,
            Function<T, Context> context,
            Function<List<T>, List<R>> transaction,
            CommitQueue<T, R> queue) {
        this.name = name;
        this.readiness = readiness;
        this.context = context;
        this.transaction = transaction;
        this.queue = queue;
    }

    /**
     * Commits the item, and returns its result after the commit. A deadlock or lock wait timeout is retried a few times, while
     * other groups continue.
     *
     * @throws finmicro.common.problem.ProblemException 503 after {@link #WAIT_LIMIT}. If the item's transaction has not started,
     *     the item is withdrawn and never committed; otherwise its outcome is unknown
     * @throws RuntimeException of the transaction. In an outage all waiting requests fail with it, because each further group
     *     would run into the same timeout. After any other failure the items are retried one by one, to isolate the failing one
     */
    public R submit(T item) {
        CommitRequest<T, R> mine = queue.add(item);
        if (queue.awaitTurn(mine)) {
            lead();
        }
        return mine.outcome();
    }

    private void lead() {
        List<CommitRequest<T, R>> group = List.of();
        Throwable failure = null;
        try {
            group = queue.take(MAX_ITEMS);
            failure = attempt(group);
            if (isOutage(failure)) {
                queue.failWaiting(failure);
            }
        } finally {
            queue.handOn();
        }
        if (failure != null) {
            recover(group, failure);
        }
    }

    /** Runs one transaction with the requests that are still waiting. Returns its failure, or null. */
    private Throwable attempt(List<CommitRequest<T, R>> group) {
        List<CommitRequest<T, R>> started = queue.start(group);
        if (started.isEmpty()) {
            return null;
        }
        String activity = name + "-" + Thread.currentThread().getId();
        readiness.busy(activity);
        try {
            queue.complete(started, commit(started));
            return null;
        } catch (RuntimeException | Error e) {
            // In an outage the commit itself may have failed: its outcome is unknown.
            if (!isOutage(e)) {
                queue.rolledBack(started);
            }
            return e;
        } finally {
            readiness.idle(activity);
        }
    }

    private List<R> commit(List<CommitRequest<T, R>> group) {
        List<T> items = group.stream().map(CommitRequest::item).toList();
        return Traces.together(items.stream().map(context).toList())
                .wrapSupplier(() -> transaction.apply(items))
                .get();
    }

    /** Handles a failed transaction: retries the group once after a lock conflict, then retries its items one by one. */
    private void recover(List<CommitRequest<T, R>> group, Throwable first) {
        Throwable failure = first;
        if (Outages.isLockConflict(first)) {
            backOff(first, 1);
            failure = attempt(group);
        }
        if (failure == null) {
            return;
        }
        if (isOutage(failure) || (group.size() == 1 && !Outages.isLockConflict(failure))) {
            queue.fail(group, failure);
        } else {
            retryEach(group);
        }
    }

    /** Retries in rounds, so that items without a lock conflict do not wait for the backoff of the others. */
    private void retryEach(List<CommitRequest<T, R>> group) {
        List<CommitRequest<T, R>> left = group;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            List<CommitRequest<T, R>> again = new ArrayList<>();
            for (CommitRequest<T, R> request : left) {
                Throwable failure = attempt(List.of(request));
                if (failure != null && Outages.isLockConflict(failure) && attempt < ATTEMPTS) {
                    again.add(request);
                    backOff(failure, attempt);
                } else if (failure != null) {
                    queue.fail(isOutage(failure) ? group : List.of(request), failure);
                }
            }
            left = again;
        }
    }

    /** Waits with random jitter, so that conflicting transactions do not collide again. */
    private void backOff(Throwable conflict, int attempt) {
        LOG.log(System.Logger.Level.INFO, "commit.retry name={0} reason={1}", name, Outages.reason(conflict));
        long millis = ThreadLocalRandom.current().nextLong(BACKOFF_MILLIS, 2 * BACKOFF_MILLIS);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis << attempt));
    }

    private static boolean isOutage(Throwable failure) {
        return Outages.isOutage(failure) && !Outages.isLockConflict(failure);
    }

    /** Number of requests waiting for the next transaction. */
    int waiting() {
        return queue.waiting();
    }

    boolean isAtWork() {
        return queue.isLed();
    }
}
