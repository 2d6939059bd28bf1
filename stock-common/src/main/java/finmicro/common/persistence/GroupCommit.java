package finmicro.common.persistence;

import finmicro.common.lifecycle.Readiness;
import finmicro.common.problem.Outages;
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
 * Commits the items of concurrent requests in one transaction. The first request leads: its transaction takes all items
 * that came while the one before was at work. No request waits for others to come, so a single one is a group of one; the
 * more there are at once, the less a transaction costs each of them.
 *
 * @param <T> an item to commit
 * @param <R> its result
 */
public final class GroupCommit<T, R> {

    /** The longest wait of a request for its outcome. A transaction that is at work by then may still commit. */
    public static final Duration WAIT_LIMIT = Duration.ofSeconds(10);

    /** The largest group. */
    static final int MAX_ITEMS = 50;

    /** Transactions with an item that is alone in them, if a lock conflict ends each. */
    private static final int ATTEMPTS = 3;

    private static final long BACKOFF_MILLIS = 20;
    private static final System.Logger LOG = Log.of(GroupCommit.class);

    private final String name;
    private final Readiness readiness;
    private final Function<T, Context> context;
    private final Function<List<T>, List<R>> transaction;
    private final CommitQueue<T, R> queue;

    /**
     * @param name of what is committed, in logs and in the health answer
     * @param readiness is told how long a transaction has been at work
     * @param context the trace that an item belongs to
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
     * Commits the item, and returns its result when it is committed. A deadlock or a lock wait timeout is retried a few
     * times, while other groups go on.
     *
     * @throws finmicro.common.problem.ProblemException 503 after {@link #WAIT_LIMIT}. If no transaction with the item is at
     *     work then, it is withdrawn and never committed; otherwise its outcome is unknown
     * @throws RuntimeException of the transaction. In an outage all requests that wait get it, since they would wait for the
     *     same one group after the other. After any other failure each item is tried alone, so that it fails alone
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

    /** One transaction with those of the requests that still wait for it. Returns its failure, or null. */
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
            // In an outage the commit itself may have failed, with an unknown outcome.
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

    /** Brings the requests of a failed transaction to an end: after a lock conflict together once more, then each alone. */
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
            eachAlone(group);
        }
    }

    /** In rounds, so that items that no lock holds up do not wait for those that one does. */
    private void eachAlone(List<CommitRequest<T, R>> group) {
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

    /** The transactions that are in each other's way must not meet in the same order once more. */
    private void backOff(Throwable conflict, int attempt) {
        LOG.log(System.Logger.Level.INFO, "commit.retry name={0} reason={1}", name, Outages.reason(conflict));
        long millis = ThreadLocalRandom.current().nextLong(BACKOFF_MILLIS, 2 * BACKOFF_MILLIS);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis << attempt));
    }

    private static boolean isOutage(Throwable failure) {
        return Outages.isOutage(failure) && !Outages.isLockConflict(failure);
    }

    /** How many requests wait for the transaction after the one at work. */
    int waiting() {
        return queue.waiting();
    }

    boolean isAtWork() {
        return queue.isLed();
    }
}
