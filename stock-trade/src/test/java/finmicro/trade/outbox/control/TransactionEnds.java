package finmicro.trade.outbox.control;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Notifies synchronizations when a thread's transaction ends, as the container does; the work itself commits or rolls back. */
public final class TransactionEnds {

    private final ThreadLocal<List<Synchronization>> registered = ThreadLocal.withInitial(ArrayList::new);

    /** An outbox on this data source that dispatches no message to a relay. */
    public Outbox outbox(DataSource dataSource) {
        return new Outbox(dataSource, new AfterCommitDispatch(registry()));
    }

    /** The registry for an {@link AfterCommitDispatch}. */
    public TransactionSynchronizationRegistry registry() {
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                TransactionSynchronizationRegistry.class.getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (proxy, method, arguments) -> {
                    registered.get().add((Synchronization) arguments[0]);
                    return null;
                });
    }

    /** Runs a transaction, and then notifies the synchronizations that it registered. */
    public <T> T run(Callable<T> transaction) throws Exception {
        int status = Status.STATUS_ROLLEDBACK;
        try {
            T result = transaction.call();
            status = Status.STATUS_COMMITTED;
            return result;
        } finally {
            List<Synchronization> ended = registered.get();
            registered.remove();
            for (Synchronization synchronization : ended) {
                synchronization.afterCompletion(status);
            }
        }
    }
}
