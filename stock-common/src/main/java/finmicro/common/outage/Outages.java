package finmicro.common.outage;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.ProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UTFDataFormatException;
import java.io.UnsupportedEncodingException;
import java.net.MalformedURLException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Distinguishes an outage, which is transient (a dependency is unavailable, overloaded, full or locked, so a retry may
 * succeed), from an error in the data or in the program, which is permanent.
 */
public final class Outages {

    /** Limits the search, because a cause chain may be cyclic. */
    private static final int MAX_CAUSES = 20;

    /** {@link IOException}s that no I/O caused: the content is invalid, or a local file is missing. */
    private static final List<Class<? extends IOException>> NO_IO = List.of(
            JacksonException.class,
            CharacterCodingException.class,
            FileNotFoundException.class,
            MalformedURLException.class,
            NoSuchFileException.class,
            ObjectStreamException.class,
            UTFDataFormatException.class,
            UnsupportedEncodingException.class);

    /** Bugs that a client library wraps in its own exception when it cannot write the request or read the response. */
    private static final List<Class<? extends Exception>> BUGS = List.of(
            JacksonException.class,
            CharacterCodingException.class,
            ObjectStreamException.class,
            IllegalArgumentException.class,
            NullPointerException.class,
            ClassCastException.class);

    /**
     * A commit that failed without a cause: the server became unavailable, or the transaction timed out. By name, because not
     * every service has these classes.
     */
    private static final Set<String> ROLLBACKS = Set.of(
            "jakarta.transaction.HeuristicMixedException",
            "jakarta.transaction.HeuristicRollbackException",
            "jakarta.transaction.RollbackException",
            "jakarta.transaction.SystemException",
            "jakarta.transaction.TransactionRolledbackException");

    /**
     * MySQL's driver closes a failed connection and its statements. It may swallow the failure, for instance while it closes a
     * server-side statement. Then the next call throws a plain SQLException with only this as its cause. By name, as above.
     */
    private static final Set<String> CLOSED = Set.of(
            "com.mysql.cj.exceptions.ConnectionIsClosedException",
            "com.mysql.cj.exceptions.StatementIsClosedException");

    private Outages() {}

    /** Whether the failure, or any cause of it, is an outage. */
    public static boolean isOutage(Throwable failure) {
        return causes(failure).anyMatch(Outages::isOutageItself);
    }

    /**
     * Whether the failure, or any cause of it, is a deadlock or a lock wait timeout. The database has rolled back the
     * statement or the transaction, the connection is usable, and an immediate retry of the transaction may succeed.
     */
    public static boolean isLockConflict(Throwable failure) {
        return causes(failure).anyMatch(t -> t instanceof SQLException sql && SqlErrors.isLockConflict(sql));
    }

    /** Whether the failure, or any cause of it, is a deadlock, which the database detects without a timeout. */
    public static boolean isDeadlock(Throwable failure) {
        return causes(failure).anyMatch(t -> t instanceof SQLException sql && SqlErrors.isDeadlock(sql));
    }

    /** Whether a client library failed because of a bug, not because of the remote side. */
    static boolean isCausedByFault(Throwable failure) {
        return causes(failure.getCause()).anyMatch(cause -> isAny(cause, BUGS));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    private static boolean isOutageItself(Throwable t) {
        if (t instanceof SQLException sql) {
            return SqlErrors.isOutage(sql);
        }
        if (t instanceof SdkException aws) {
            return AwsErrors.isOutage(aws);
        }
        if (t instanceof ProcessingException) {
            return !isCausedByFault(t);
        }
        return t instanceof IOException && !isAny(t, NO_IO)
                || t instanceof TimeoutException
                || t instanceof FaultToleranceException
                || isUnexplainedRollback(t)
                || CLOSED.contains(t.getClass().getName())
                // a connection pool that cannot connect, or has no free connection in time
                || t.getClass().getName().startsWith("jakarta.resource.");
    }

    private static boolean isUnexplainedRollback(Throwable t) {
        return t.getCause() == null
                && (t instanceof XAException || ROLLBACKS.contains(t.getClass().getName()));
    }

    private static boolean isAny(Throwable t, List<? extends Class<?>> types) {
        return types.stream().anyMatch(type -> type.isInstance(t));
    }

    /** The innermost cause on one line, for a log or a health response. */
    public static String reason(Throwable failure) {
        Throwable root = causes(failure).reduce(failure, (outer, cause) -> cause);
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }
}
