package finmicro.common.persistence;

import finmicro.common.problem.Outages;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Does in one transaction what several requests ask for at the same time. Whoever comes first leads: its transaction takes
 * along all that came while the one before was at work. Nobody waits for others to come, so a request that is alone is a
 * group of one; the more there are at once, the less a transaction costs each of them.
 *
 * @param <T> what is asked for
 * @param <R> what it comes to
 */
public final class GroupCommit<T, R> {

    private static final int MOST = 50;

    /** One who waits: for its result, or to be told to lead. */
    private record Waiting<T, R>(T item, CompletableFuture<R> result, CompletableFuture<Boolean> leads) {

        Waiting(T item) {
            this(item, new CompletableFuture<>(), new CompletableFuture<>());
            result.whenComplete((any, failure) -> leads.complete(false));
        }
    }

    private final Function<T, Context> context;
    private final Function<List<T>, List<R>> transaction;
    private final BlockingQueue<Waiting<T, R>> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();

    /**
     * @param context the trace that an item belongs to
     * @param transaction does all of them or none, and returns what each came to, in their order
     */
    public GroupCommit(Function<T, Context> context, Function<List<T>, List<R>> transaction) {
        this.context = context;
        this.transaction = transaction;
    }

    /**
     * Does it, and returns when it is committed.
     *
     * @throws RuntimeException as the transaction does. In an outage all who wait get it: they would wait for the same, one
     *     group after the other. After any other failure each is tried alone, so that it is only its own
     */
    public R submit(T item) {
        Waiting<T, R> mine = new Waiting<>(item);
        waiting.add(mine);
        if (led.compareAndSet(false, true) || mine.leads().join()) {
            lead();
        }
        try {
            return mine.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** How many wait for the transaction after the one at work. */
    int waiting() {
        return waiting.size();
    }

    boolean isAtWork() {
        return led.get();
    }

    /** Whoever leads is itself the first who waits, unless it was served by the leader before; then it hands on. */
    private void lead() {
        List<Waiting<T, R>> group = new ArrayList<>();
        waiting.drainTo(group, MOST);
        try {
            if (!group.isEmpty()) {
                serve(group);
            }
        } finally {
            handOn();
        }
    }

    private void handOn() {
        led.set(false);
        Waiting<T, R> next = waiting.peek();
        if (next != null && led.compareAndSet(false, true)) {
            next.leads().complete(true);
        }
    }

    private void serve(List<Waiting<T, R>> group) {
        try {
            List<R> results = commit(group);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException | Error e) {
            failed(group, e);
        }
    }

    private List<R> commit(List<Waiting<T, R>> group) {
        List<T> items = group.stream().map(Waiting::item).toList();
        return Traces.together(items.stream().map(context).toList())
                .wrapSupplier(() -> transaction.apply(items))
                .get();
    }

    private void failed(List<Waiting<T, R>> group, Throwable failure) {
        if (Outages.isOutage(failure)) {
            waiting.drainTo(group);
        } else if (group.size() > 1) {
            group.forEach(one -> serve(new ArrayList<>(List.of(one))));
            return;
        }
        group.forEach(one -> one.result().completeExceptionally(failure));
    }
}
