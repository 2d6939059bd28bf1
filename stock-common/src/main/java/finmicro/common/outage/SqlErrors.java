package finmicro.common.outage;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Classifies errors of MySQL 8/9 and MariaDB 11 as caused by the server or its resources, or by the statement. The driver
 * reports most of them as plain {@link SQLException}s with SQL state HY000 or 42000, so the error code decides.
 */
final class SqlErrors {

    /**
     * 1205 lock wait timeout, 1213 deadlock, 1020 row changed since it was read (MariaDB), 1613 and 1614 timeout and deadlock of
     * an XA branch, 3572 row locked with NOWAIT.
     */
    private static final Set<Integer> LOCK_CONFLICT = Set.of(1205, 1213, 1020, 1613, 1614, 3572);

    /** Other locks: 1015 file, 1223 global read lock, 1412 table altered, 1615 the same for a prepared statement, 1689. */
    private static final Set<Integer> LOCK = Set.of(1015, 1223, 1412, 1615, 1689);

    /** After a failover, or while an administrator works: the server, the database or the table accepts no writes. */
    private static final Set<Integer> READ_ONLY = Set.of(1036, 1290, 1792, 1836, 1874, 3989, 4145);

    /** Disk or tablespace full, a file that cannot be opened, read or written, a binary log that cannot be written. */
    private static final Set<Integer> STORAGE =
            Set.of(1016, 1021, 1023, 1024, 1026, 1030, 1114, 1197, 1206, 1534, 1598, 1637, 1705, 1878, 3675, 4139);

    /** A table or index is damaged, or its file or encryption key (3185) is missing, until it is repaired or restored. */
    private static final Set<Integer> DAMAGED = Set.of(1034, 1146, 1194, 1195, 1712, 1812, 1814, 1877, 1932, 3185);

    /** Memory, threads, connections and other limits of the server or of the account. */
    private static final Set<Integer> EXHAUSTED =
            Set.of(1037, 1038, 1040, 1041, 1129, 1135, 1203, 1226, 1461, 3015, 3170, 4081, 4082);

    /** The database account or its privileges are being changed, or the database does not exist yet. */
    private static final Set<Integer> ACCESS = Set.of(
            1044, 1045, 1049, 1130, 1142, 1143, 1227, 1370, 1698, 1820, 1862, 1873, 3118, 3159, 3955, 4150, 4151);

    /** The statement or session was aborted: shutdown, KILL, offline mode, time limits. */
    private static final Set<Integer> INTERRUPTED =
            Set.of(1053, 1077, 1079, 1080, 1317, 1927, 1969, 3024, 3032, 3100, 3101, 3168, 3169, 4031);

    private static final Set<Integer> OUTAGE = Stream.of(
                    LOCK_CONFLICT, LOCK, READ_ONLY, STORAGE, DAMAGED, EXHAUSTED, ACCESS, INTERRUPTED)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private SqlErrors() {}

    /** SQL state 08 is a connection error, 40 a rolled-back transaction, 28 a password that is being changed. */
    static boolean isOutage(SQLException failure) {
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || OUTAGE.contains(failure.getErrorCode())
                || Stream.of("08", "40", "28").anyMatch(state(failure)::startsWith);
    }

    /** See {@link Outages#isLockConflict}. */
    static boolean isLockConflict(SQLException failure) {
        return LOCK_CONFLICT.contains(failure.getErrorCode()) || "40001".equals(state(failure));
    }

    /** See {@link Outages#isDeadlock}. A lock wait timeout has the same SQL state, so the code decides. */
    static boolean isDeadlock(SQLException failure) {
        return failure.getErrorCode() == 1213;
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }
}
