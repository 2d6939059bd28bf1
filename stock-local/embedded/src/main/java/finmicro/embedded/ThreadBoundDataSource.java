package finmicro.embedded;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/**
 * A data source with transactions bound to threads, like the container's: within {@link #inTransaction},
 * {@link #getConnection()} always returns the same connection, which is committed at the end.
 */
public final class ThreadBoundDataSource extends MysqlDataSource {

    private static final long serialVersionUID = 1;

    private final transient ThreadLocal<Connection> bound = new ThreadLocal<>();

    /** @param url JDBC URL of a schema; the user is that of {@link EmbeddedDatabase} */
    public ThreadBoundDataSource(String url) {
        setUrl(url);
        setUser(EmbeddedDatabase.USER);
        setPassword(EmbeddedDatabase.PASSWORD);
    }

    /** Runs the work in a READ COMMITTED transaction of this thread, and rolls back if it fails. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        try (Connection connection = super.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            bound.set(unclosable(connection));
            T result = work.call();
            connection.commit();
            return result;
        } finally {
            bound.remove();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return bound.get() == null ? super.getConnection() : bound.get();
    }

    private static Connection unclosable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                ThreadBoundDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
