package finmicro.trade.outbox.control;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Tells of the end of each thread's transactions, as the container does; the work itself commits or rolls back. */
public final class TransactionEnds {

    private final ThreadLocal<List<Synchronization>> registered = ThreadLocal.withInitial(ArrayList::new);

    /** An outbox on this data source, none of whose messages is handed over. */
    public Outbox outbox(DataSource dataSource) {
        return new Outbox(dataSource, new AfterCommitDispatch(registry()));
    }

    /** To be given to a {@link AfterCommitDispatch}. */
    public TransactionSynchronizationRegistry registry() {
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                TransactionSynchronizationRegistry.class.getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (proxy, method, arguments) -> {
                    registered.get().add((Synchronization) arguments[0]);
                    return null;
                });
    }

    /** Does the work of one transaction, and notifies what was registered in the meantime. */
    public <T> T told(Callable<T> transaction) throws Exception {
        int status = Status.STATUS_ROLLEDBACK;
        try {
            T result = transaction.call();
            status = Status.STATUS_COMMITTED;
            return result;
        } finally {
            List<Synchronization> ended = registered.get();
            registered.remove();
            for (Synchronization one : ended) {
                one.afterCompletion(status);
            }
        }
    }
}
