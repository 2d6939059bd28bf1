package finmicro.common.persistence;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Deletes old rows of a table periodically, in batches. */
public final class Purge implements Worker {

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final String table;
    private final IntSupplier batch;

    /**
     * @param table name of the table, for logs and health
     * @param batch deletes a limited number of old rows in its own transaction, and returns their number
     */
    public Purge(String table, IntSupplier batch) {
        this.table = table;
        this.batch = batch;
    }

    @Override
    public String name() {
        return "purge-" + table;
    }

    @Override
    public void run(WorkerContext context) {
        context.repeat(INTERVAL, () -> purge(context));
    }

    private void purge(WorkerContext context) {
        boolean more = true;
        while (more && context.running()) {
            more = batch.getAsInt() > 0;
        }
    }
}
