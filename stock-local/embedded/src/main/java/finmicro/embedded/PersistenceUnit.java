package finmicro.embedded;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * A service's persistence unit on a real database, for the tests of its module. Transactions are bound to threads, as in the
 * container: within {@link #inTransaction}, the entity manager and the {@link ThreadBoundDataSource} share one connection. The
 * module provides the JPA implementation as a test dependency.
 */
public final class PersistenceUnit implements AutoCloseable {

    /** Ignored within a transaction, because the data source manages it. */
    private static final Set<String> IGNORED = Set.of("commit", "rollback", "setAutoCommit", "close");

    private final ThreadBoundDataSource dataSource;
    private final EntityManagerFactory factory;
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();
    private volatile Runnable afterQuery = () -> {};

    /** @param name of the unit in {@code META-INF/persistence.xml} */
    public PersistenceUnit(String name, ThreadBoundDataSource dataSource) {
        this.dataSource = dataSource;
        DataSource shared = proxy(DataSource.class, dataSource, this::shared);
        this.factory = Persistence.createEntityManagerFactory(
                name,
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.nonJtaDataSource",
                        shared));
    }

    /** The entity manager of the calling thread's transaction; without a transaction, a new one for each call. */
    public EntityManager entityManager() {
        return (EntityManager) Proxy.newProxyInstance(
                PersistenceUnit.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (self, method, arguments) -> {
                    EntityManager bound = current.get();
                    try {
                        return method.invoke(bound == null ? factory.createEntityManager() : bound, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Runs the work in a READ COMMITTED transaction of this thread, and rolls back if it fails. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return dataSource.inTransaction(() -> {
            try (EntityManager entities = factory.createEntityManager()) {
                current.set(entities);
                entities.getTransaction().begin();
                T result = work.call();
                entities.getTransaction().commit();
                return result;
            } finally {
                current.remove();
            }
        });
    }

    /** Runs the work after each query from now on, to simulate concurrent changes between two statements. */
    public void afterQuery(Runnable work) {
        afterQuery = work;
    }

    @Override
    public void close() {
        factory.close();
    }

    private interface Result {
        Object of(String method, Object result);
    }

    private Object shared(String method, Object result) {
        return result instanceof Connection connection ? proxy(Connection.class, connection, this::watched) : result;
    }

    private Object watched(String method, Object result) {
        return result instanceof PreparedStatement statement
                ? proxy(PreparedStatement.class, statement, this::queried)
                : result;
    }

    private Object queried(String method, Object result) {
        if (method.equals("executeQuery")) {
            afterQuery.run();
        }
        return result;
    }

    private <T> T proxy(Class<T> type, T target, Result result) {
        return type.cast(Proxy.newProxyInstance(
                PersistenceUnit.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (type == Connection.class && current.get() != null && IGNORED.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return result.of(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
