package finmicro.common.persistence;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Keeps a table from growing for ever: now and then removes, a piece at a time, what is old. */
public final class Purge implements Worker {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final String table;
    private final IntSupplier piece;

    /**
     * @param table what is purged, for logs and health
     * @param piece removes a limited number of rows that are old, in a transaction of its own; returns how many
     */
    public Purge(String table, IntSupplier piece) {
        this.table = table;
        this.piece = piece;
    }

    @Override
    public String name() {
        return "purge-" + table;
    }

    @Override
    public void run(WorkerContext context) {
        while (context.running()) {
            try {
                purge(context);
                context.answered();
            } catch (RuntimeException e) {
                context.failed(e);
            }
            context.resting();
            context.pause(EVERY);
        }
    }

    private void purge(WorkerContext context) {
        boolean more = true;
        while (more && context.running()) {
            more = piece.getAsInt() > 0;
        }
    }
}
