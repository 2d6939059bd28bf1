package finmicro.common.problem;

import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells an outage (something this service needs is away or overloaded, and the same call may succeed later) from a fault
 * in what was asked.
 */
public final class Outages {

    /** 1205 lock wait, 1213 deadlock, 1040 and 1203 too many connections, 1290 and 1836 read-only after a failover, 1053 shutdown. */
    private static final Set<Integer> TRANSIENT_SQL = Set.of(1205, 1213, 1040, 1203, 1290, 1836, 1053, 3024);

    /** 1205 lock wait timeout, 1213 deadlock; 1020 a row changed since it was read (MariaDB), 1614 deadlock of an XA branch. */
    private static final Set<Integer> LOCK_CONFLICT_SQL = Set.of(1205, 1213, 1020, 1614);

    /** A chain of causes may be a circle. */
    private static final int MAX_CAUSES = 20;

    private Outages() {}

    /** Whether the failure, or any cause of it, is an outage. */
    public static boolean isOutage(Throwable failure) {
        return causes(failure).anyMatch(Outages::isOutageItself);
    }

    /**
     * Whether the failure, or any cause of it, is a deadlock or a lock wait timeout. The database has rolled back the
     * statement or the transaction, the connection is good, and the same transaction may succeed at once.
     */
    public static boolean isLockConflict(Throwable failure) {
        return causes(failure)
                .anyMatch(t -> t instanceof SQLException sql
                        && (LOCK_CONFLICT_SQL.contains(sql.getErrorCode()) || "40001".equals(sql.getSQLState())));
    }

    /** The failure, its cause, the cause of that, and so on. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    private static boolean isOutageItself(Throwable t) {
        if (t instanceof SQLException sql) {
            return isTransient(sql);
        }
        return t instanceof SdkException
                || t instanceof IOException
                || t instanceof ProcessingException
                || t instanceof TimeoutException
                || t instanceof FaultToleranceException
                // a connection pool that cannot connect, or has none free in time
                || t.getClass().getName().startsWith("jakarta.resource.");
    }

    /** SQL state 08 is the connection, 40 a rolled back transaction, 28 a password that is being changed. */
    private static boolean isTransient(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        return sql instanceof SQLTransientException
                || sql instanceof SQLRecoverableException
                || state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("28")
                || TRANSIENT_SQL.contains(sql.getErrorCode());
    }

    /** The innermost cause on one line, for a log or a health answer. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }
}
