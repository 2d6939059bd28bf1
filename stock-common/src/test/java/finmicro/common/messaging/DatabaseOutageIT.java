package finmicro.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import finmicro.common.messaging.PollerTask.Failure;
import finmicro.common.outage.Outages;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.embedded.EmbeddedQueues;
import finmicro.embedded.ThreadBoundDataSource;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A database outage of any kind and length costs a message up to two receives. Three tasks with two permits each poll a queue of
 * 50 messages, which is more than they can have in flight. The outage lasts longer than the visibility timeout.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the database of this class: one outage at a time")
@Tag("long")
class DatabaseOutageIT {

    private static final Path FOLDER = Path.of("target/database-outage-it");
    private static final String SCHEMA = "StockBalance";
    private static final String QUEUE = EmbeddedQueues.ORDERS;
    private static final Duration VISIBILITY = Duration.ofSeconds(3);
    private static final int TASKS = 3;
    private static final int MESSAGES = 50;

    private static EmbeddedDatabase database;
    private static EmbeddedQueues queues;
    private static SmallDisk disk;
    private static String noDisk;

    private final List<PollerTask> tasks = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        SmallDisk.unmountLeftover(FOLDER.resolve("data").resolve(SCHEMA));
        database = EmbeddedDatabase.start(FOLDER, 0);
        database.restartWith(
                "CREATE USER IF NOT EXISTS 'admin'@'%' IDENTIFIED BY 'admin';\nGRANT ALL ON *.* TO 'admin'@'%' WITH GRANT OPTION;");
        mountSmallDisk();
        execute("CREATE TABLE effects (id VARCHAR(64) PRIMARY KEY, filler VARBINARY(7000) NOT NULL)");
        execute("CREATE TABLE gate (id INT PRIMARY KEY, passed BIGINT NOT NULL)");
        execute("INSERT INTO gate VALUES (1, 0)");
        queues = EmbeddedQueues.start(0);
        String policy = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":3}"
                .formatted(EmbeddedQueues.arn(queues.client(), queues.url(QUEUE + "-dlq")));
        queues.client()
                .setQueueAttributes(request -> request.queueUrl(queues.url(QUEUE))
                        .attributes(Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                policy,
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                String.valueOf(VISIBILITY.toSeconds()))));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        queues.close();
        if (disk != null) {
            disk.close();
        }
    }

    /** Mounts the small disk as the data directory of the schema. */
    private static void mountSmallDisk() {
        try {
            disk = SmallDisk.mount(FOLDER.resolve("data").resolve(SCHEMA));
        } catch (IOException e) {
            noDisk = "NOT TESTED: a full disk, because only root may mount a small one: " + e.getMessage();
            System.err.println(noDisk);
        }
    }

    @BeforeEach
    void clear() throws SQLException {
        execute("TRUNCATE effects");
    }

    @AfterEach
    void endTasks() {
        tasks.forEach(PollerTask::close);
    }

    /** A connection pool sees this error if it closes a statement of a lost connection, and the driver swallowed the cause. */
    @Test
    void statementClosedByTheDriverIsAnOutage() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT CONNECTION_ID()")) {
            ResultSet row = statement.executeQuery();
            row.next();
            execute("KILL " + row.getLong(1));

            assertThatThrownBy(statement::executeQuery).matches(Outages::isOutage);
            assertThatThrownBy(statement::getMoreResults)
                    .hasMessageContaining("after statement closed")
                    .matches(Outages::isOutage);
        }
    }

    @Test
    void readOnlyDatabaseAfterAFailover() throws Exception {
        survives("SET GLOBAL read_only = ON", "SET GLOBAL read_only = OFF", 1290, 1836);
    }

    @Test
    void missingPrivilege() throws Exception {
        survives(
                "REVOKE INSERT ON " + SCHEMA + ".* FROM 'user'@'%'",
                "GRANT INSERT ON " + SCHEMA + ".* TO 'user'@'%'",
                1142);
    }

    @Test
    void lockedRow() throws Exception {
        try (Connection holder = connect()) {
            holder.setAutoCommit(false);
            survives(
                    () -> holder.createStatement().executeQuery("SELECT passed FROM gate WHERE id = 1 FOR UPDATE"),
                    () -> {
                        holder.rollback();
                        return null;
                    },
                    1205);
        }
    }

    @Test
    void lockedTable() throws Exception {
        try (Connection holder = connect();
                Statement sql = holder.createStatement()) {
            survives(() -> sql.execute("LOCK TABLES effects WRITE"), () -> sql.execute("UNLOCK TABLES"), 1205);
        }
    }

    @Test
    void fullDisk() throws Exception {
        assumeThat(disk).as(noDisk).isNotNull();
        survives(disk::fill, disk::free, 1114, 1021, 1030);
    }

    @Test
    void unavailableServer() throws Exception {
        survives(
                () -> {
                    database.kill();
                    return null;
                },
                () -> {
                    database.restart();
                    return null;
                },
                0);
    }

    private void survives(String begin, String end, Integer... codes) throws Exception {
        survives(() -> execute(begin), () -> execute(end), codes);
    }

    private void survives(Callable<?> begin, Callable<?> end, Integer... codes) throws Exception {
        send();
        begin.call();
        try {
            Source source = new Source(new QueueAddress(queues.url(QUEUE)), 5, 1, 2);
            for (int i = 0; i < TASKS; i++) {
                tasks.add(new PollerTask(source, queues, new Handler()));
            }
            await().atMost(Duration.ofSeconds(60)).until(this::everyTaskFailedForLongerThanTheVisibilityTimeout);
            // Checked before the outage ends: afterwards the tasks wait for each other's locks.
            assertThat(failures()).extracting(DatabaseOutageIT::code).isSubsetOf(codes);
        } finally {
            end.call();
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(effects()).isEqualTo(MESSAGES));
        await().untilAsserted(() -> assertThat(left(QUEUE)).isZero());
        assertThat(left(QUEUE + "-dlq")).as("dead letters").isZero();
        assertThat(tasks)
                .allSatisfy(task -> assertThat(task.receiveCounts().values()).allMatch(count -> count <= 2));
    }

    private boolean everyTaskFailedForLongerThanTheVisibilityTimeout() {
        return tasks.stream().map(PollerTask::failures).allMatch(failures -> {
            Instant first = failures.stream().map(Failure::at).findFirst().orElse(Instant.MAX);
            return failures.stream()
                    .anyMatch(failure ->
                            failure.at().isAfter(first.plus(VISIBILITY).plusSeconds(1)));
        });
    }

    private Stream<Throwable> failures() {
        return tasks.stream().flatMap(task -> task.failures().stream()).map(Failure::cause);
    }

    /** The error code of the database, 0 for a lost connection. Fails if the database did not cause the failure. */
    private static Integer code(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql.getErrorCode();
            }
        }
        throw new AssertionError(Outages.reason(failure), failure);
    }

    private static void send() {
        Publisher publisher =
                new SqsPublisher(queues.client(), new QueueAddress(queues.url(QUEUE)), OpenTelemetry.noop());
        List<Outgoing> messages = IntStream.range(0, MESSAGES)
                .mapToObj(i -> new Outgoing("m" + i, "message-" + i, null))
                .toList();
        assertThat(publisher.publish(messages)).isEmpty();
    }

    private static int left(String queue) {
        return queues
                .client()
                .getQueueAttributes(request -> request.queueUrl(queues.url(queue))
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private static int effects() throws SQLException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT COUNT(*) FROM effects")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static boolean execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            return sql.execute(statement);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(SCHEMA), "admin", "admin");
    }

    /**
     * Stores each batch in one transaction: it updates one row that a test can lock, and inserts a row of half a page per message.
     * With larger rows MariaDB crashes when it cannot roll back on a full disk.
     */
    private static final class Handler implements MessageHandler<String> {

        private final ThreadBoundDataSource dataSource = new ThreadBoundDataSource(
                database.jdbcUrl(SCHEMA)
                        + "?connectTimeout=2000&socketTimeout=5000&sessionVariables=innodb_lock_wait_timeout=1,lock_wait_timeout=1");

        @Override
        public String read(String body) {
            return body;
        }

        @Override
        public Map<Received<String>, String> handle(List<Received<String>> messages) {
            try {
                return dataSource.inTransaction(() -> {
                    store(messages);
                    return Map.of();
                });
            } catch (Exception e) {
                throw new IllegalStateException("not stored", e);
            }
        }

        private void store(List<Received<String>> messages) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO effects VALUES (?, ?) ON DUPLICATE KEY UPDATE id = VALUES(id)");
                    Statement gate = connection.createStatement()) {
                gate.executeUpdate("UPDATE gate SET passed = passed + 1 WHERE id = 1");
                for (Received<String> message : messages) {
                    insert.setString(1, message.body());
                    insert.setBytes(2, new byte[7_000]);
                    insert.executeUpdate();
                }
            }
        }
    }
}
