package finmicro.common.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import finmicro.common.json.StrictJson;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.ProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.MalformedInputException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

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
                new IllegalStateException(new RuntimeException(new ConnectException("refused"))),
                new ProcessingException(new ConnectException("refused")),
                ApiCallTimeoutException.builder().message("too slow").build(),
                new SQLRecoverableException("no trust store", new FileNotFoundException("trust.jks")),
                new JsonMappingException(null, "while writing", new IOException("Broken pipe")),
                new IOException("No space left on device"),
                new XAException(XAException.XAER_RMFAIL),
                new RollbackException("the transaction timed out"));
    }

    /** Errors of the server, its resources or an account, from the error lists of both servers. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                1020, 1021, 1026, 1030, 1036, 1037, 1040, 1041, 1044, 1045, 1049, 1053, 1114, 1129, 1130, 1135, 1142,
                        1143, 1146,
                1194, 1197, 1203, 1205, 1206, 1213, 1223, 1226, 1227, 1290, 1317, 1412, 1637, 1792, 1836, 1874, 1927,
                        1969, 3024,
                3032, 3118, 3675, 3989, 4031, 4139, 4151
            })
    void serverErrorOfTheDatabaseIsAnOutage(int code) {
        assertThat(Outages.isOutage(new SQLException("classified by its code", "HY000", code)))
                .isTrue();
    }

    /** Errors of the statement or its values: a retry fails too. */
    @ParameterizedTest
    @ValueSource(
            ints = {1048, 1054, 1062, 1064, 1136, 1149, 1216, 1264, 1265, 1292, 1364, 1366, 1406, 1451, 1452, 3819, 4025
            })
    void statementErrorIsNoOutage(int code) {
        assertThat(Outages.isOutage(new SQLException("classified by its code", "HY000", code)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, true",
        "403, ExpiredToken, true",
        "403, InvalidClientTokenId, true",
        "400, AWS.SimpleQueueService.NonExistentQueue, true",
        "400, KmsAccessDenied, true",
        "400, ThrottlingException, true",
        "400, ProvisionedThroughputExceededException, true",
        "404, NotFound, true",
        "400, InvalidParameter, true",
        "413, , true",
        "500, InternalError, true",
        "503, ServiceUnavailable, true",
        "400, AWS.SimpleQueueService.BatchRequestTooLong, false",
        "400, InvalidMessageContents, false",
        "400, MissingParameter, false",
        "400, ValidationException, false",
    })
    void awsErrorIsAnOutageUnlessTheRequestCausedIt(int status, String code, boolean outage) {
        AwsServiceException failure = SqsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

        assertThat(Outages.isOutage(new IllegalStateException(failure))).isEqualTo(outage);
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new SQLIntegrityConstraintViolationException("duplicate", "23000", 1062),
                new SQLException("no such column", "42S22", 1054),
                new IllegalStateException("a trade that is FAILED does not become CONTRACTED"),
                new NullPointerException(),
                unserializable(),
                new ProcessingException("the request was not written", unserializable()),
                SdkClientException.create("Unable to marshall", new IllegalArgumentException("must not be null")),
                new UncheckedIOException(new MalformedInputException(1)),
                new UncheckedIOException(new FileNotFoundException("template.txt")),
                new IllegalStateException(new NotSerializableException("Order")),
                new RollbackException("the flush failed")
                        .initCause(new SQLIntegrityConstraintViolationException("duplicate", "23000", 1062)));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void outageIsDetectedFromItsCauses(Throwable failure) {
        assertThat(Outages.isOutage(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void permanentErrorIsNoOutage(Throwable failure) {
        assertThat(Outages.isOutage(failure)).isFalse();
    }

    /** The exception that our JSON code throws for a bean that Jackson cannot write. */
    private static Throwable unserializable() {
        return assertThatThrownBy(() -> new StrictJson(null).bytes(new Object() {
                    public String getName() {
                        throw new IllegalStateException("a bug");
                    }
                }))
                .isInstanceOf(UncheckedIOException.class)
                .actual();
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
    void lockWaitTimeoutIsNoDeadlock() {
        assertThat(Outages.isDeadlock(new IllegalStateException(new SQLException("deadlock", "40001", 1213))))
                .isTrue();
        assertThat(Outages.isDeadlock(new SQLException("lock wait", "40001", 1205)))
                .isFalse();
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
    void cyclicCausesEndTheSearch() {
        RuntimeException one = new RuntimeException();
        one.initCause(new RuntimeException(one));

        assertThat(Outages.isOutage(one)).isFalse();
        assertThat(Outages.isLockConflict(one)).isFalse();
        assertThat(Outages.reason(one)).startsWith("RuntimeException");
    }
}
