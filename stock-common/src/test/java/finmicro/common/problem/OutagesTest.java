package finmicro.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class OutagesTest {

    static Stream<Throwable> outages() {
        return Stream.of(
                new SQLTransientConnectionException("none free"),
                new SQLException("link failure", "08S01"),
                new SQLException("deadlock", "40001", 1213),
                new SQLException("lock wait", "HY000", 1205),
                new SQLException("read only after a failover", "HY000", 1290),
                new BatchUpdateException("link failure", "08S01", 0, new int[0]),
                SdkClientException.create("no connection"),
                new IllegalStateException(new RuntimeException(new ConnectException("refused"))));
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new SQLIntegrityConstraintViolationException("duplicate", "23000", 1062),
                new SQLException("no such column", "42S22", 1054),
                new IllegalStateException("a trade that is FAILED does not become CONTRACTED"),
                new NullPointerException());
    }

    @ParameterizedTest
    @MethodSource("outages")
    void outageIsToldFromItsCauses(Throwable failure) {
        assertThat(Outages.isOutage(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultIsNoOutage(Throwable failure) {
        assertThat(Outages.isOutage(failure)).isFalse();
    }

    static Stream<Throwable> lockConflicts() {
        return Stream.of(
                new SQLException("deadlock", "40001", 1213),
                new SQLException("lock wait", "HY000", 1205),
                new SQLTransactionRollbackException("serialization failure", "40001"),
                new BatchUpdateException("deadlock", "40001", 1213, new int[0]),
                new IllegalStateException("not stored", new SQLException("record has changed", "HY000", 1020)));
    }

    @ParameterizedTest
    @MethodSource("lockConflicts")
    void deadlockAndLockWaitAreALockConflict(Throwable failure) {
        assertThat(Outages.isLockConflict(failure)).isTrue();
    }

    @Test
    void otherFailuresAreNoLockConflict() {
        assertThat(Stream.concat(
                        faults(),
                        Stream.of(
                                new SQLException("link failure", "08S01"),
                                new SQLException("read only", "HY000", 1290),
                                SdkClientException.create("no connection"))))
                .noneMatch(Outages::isLockConflict);
    }

    @Test
    void circleOfCausesEndsTheSearch() {
        RuntimeException one = new RuntimeException();
        one.initCause(new RuntimeException(one));

        assertThat(Outages.isOutage(one)).isFalse();
        assertThat(Outages.isLockConflict(one)).isFalse();
    }
}
