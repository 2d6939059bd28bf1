package finmicro.trade.outbox.control;

import finmicro.common.persistence.Placeholders;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The transactional outbox: messages are stored in the transaction that causes them, and sent afterwards, at least once. A message
 * is claimed for {@link #CLAIM}, either when it is stored ({@link AfterCommitDispatch}) or by a relay in a short transaction. It is
 * sent outside any transaction and then marked. If a task crashes in between, its claims expire and any relay sends the messages.
 */
@ApplicationScoped
public class Outbox {

    /** How long a claim lasts. A relay stops sending before its claim expires: {@link ClaimDeadline}. */
    public static final Duration CLAIM = Duration.ofSeconds(30);

    /** Retention of messages that were sent. */
    public static final Duration RETENTION = Duration.ofDays(1);

    private static final int MAX_BACK_OFF_SECONDS = 60;
    private static final int MAX_REASON_LENGTH = 500;

    private static final String APPEND =
            "INSERT INTO outbox (message_id, destination, body, traceparent, accepted_at, attempts, next_attempt_at, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? SECOND, UTC_TIMESTAMP(3))";

    private static final String DUE = "SELECT message_id, body, traceparent, accepted_at FROM outbox"
            + " WHERE destination = ? AND state = 'W' AND next_attempt_at <= UTC_TIMESTAMP(3)"
            + " ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED";

    private static final String CLAIM_ROWS = "UPDATE outbox SET attempts = attempts + 1,"
            + " next_attempt_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE message_id IN (%s)";

    private static final String MARK = "UPDATE outbox SET %s, reason = ? WHERE state = 'W' AND message_id IN (%s)";

    private static final Map<Outcome.Result, String> MARKS = Map.of(
            Outcome.Result.SENT, "state = 'S', sent_at = UTC_TIMESTAMP(3)",
            Outcome.Result.RETRY,
                    "next_attempt_at = UTC_TIMESTAMP(3) + INTERVAL LEAST(POW(2, LEAST(attempts, 10)), "
                            + MAX_BACK_OFF_SECONDS + ") SECOND",
            Outcome.Result.UNAVAILABLE, "next_attempt_at = UTC_TIMESTAMP(3)",
            Outcome.Result.REFUSED, "state = 'P'",
            Outcome.Result.UNTRIED, "attempts = GREATEST(attempts, 1) - 1, next_attempt_at = UTC_TIMESTAMP(3)");

    // Names the destinations so that the database uses the index. Does not count messages that were never attempted and
    // are not due yet.
    private static final String UNSENT = "SELECT destination, state, COUNT(*),"
            + " TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) FROM outbox"
            + " WHERE destination IN ('ORDER', 'SETTLE') AND state IN ('W', 'P')"
            + " AND (attempts > 0 OR next_attempt_at <= UTC_TIMESTAMP(3)) GROUP BY destination, state";

    private static final String PURGE =
            "DELETE FROM outbox WHERE state = 'S' AND sent_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND LIMIT 1000";

    private final DataSource dataSource;
    private final AfterCommitDispatch dispatch;

    @Inject
    public Outbox(DataSource dataSource, AfterCommitDispatch dispatch) {
        this.dataSource = dataSource;
        this.dispatch = dispatch;
    }

    /** Stores a message in the caller's transaction. Its relay gets it after the commit. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(OutboxMessage message) {
        append(List.of(message));
    }

    /** Stores messages of any destinations in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<OutboxMessage> messages) {
        for (AfterCommitDispatch.Group group : dispatch.register(messages)) {
            if (group.claimed()) {
                insert(group.messages(), 1, CLAIM);
            } else {
                insert(group.messages(), 0, Duration.ZERO);
            }
        }
    }

    private void insert(List<OutboxMessage> messages, int attempts, Duration delay) {
        run(APPEND, append -> {
            for (OutboxMessage message : messages) {
                append.setString(1, message.messageId());
                append.setString(2, message.destination().name());
                append.setString(3, message.body());
                append.setString(4, message.traceparent());
                append.setObject(
                        5,
                        message.acceptedAt() == null
                                ? null
                                : message.acceptedAt().toEpochMilli());
                append.setInt(6, attempts);
                append.setLong(7, delay.toSeconds());
                append.addBatch();
            }
            return append.executeBatch();
        });
    }

    /**
     * Claims due messages, the longest overdue first, in full batches as {@link OutboxSender#wholeBatches} says.
     *
     * @param limit maximum number of messages
     * @param batchSize number of messages that one call sends
     */
    @Transactional
    public List<OutboxMessage> claim(OutboxMessage.Destination destination, int limit, int batchSize) {
        List<OutboxMessage> due = run(DUE, select -> {
            select.setString(1, destination.name());
            select.setInt(2, limit);
            return messages(destination, select);
        });
        List<OutboxMessage> claimed = due.subList(0, OutboxSender.wholeBatches(due.size(), batchSize));
        if (!claimed.isEmpty()) {
            List<String> ids = claimed.stream().map(OutboxMessage::messageId).toList();
            run(CLAIM_ROWS.formatted(Placeholders.of(ids)), claim -> {
                claim.setLong(1, CLAIM.toSeconds());
                setAll(claim, 2, ids);
                return claim.executeUpdate();
            });
        }
        return claimed;
    }

    private static List<OutboxMessage> messages(OutboxMessage.Destination destination, PreparedStatement select)
            throws SQLException {
        List<OutboxMessage> messages = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Long acceptedAt = rows.getObject(4, Long.class);
                messages.add(new OutboxMessage(
                        rows.getString(1),
                        destination,
                        rows.getString(2),
                        rows.getString(3),
                        acceptedAt == null ? null : Instant.ofEpochMilli(acceptedAt)));
            }
        }
        return messages;
    }

    /** Records the outcomes of claimed messages, with one statement for each distinct outcome. */
    @Transactional
    public void mark(Map<String, Outcome> outcomes) {
        Map<Outcome, List<String>> byOutcome = outcomes.keySet().stream().collect(Collectors.groupingBy(outcomes::get));
        byOutcome.forEach((outcome, ids) ->
                run(MARK.formatted(MARKS.get(outcome.result()), Placeholders.of(ids)), update -> {
                    String reason = outcome.reason();
                    update.setString(1, reason.substring(0, Math.min(MAX_REASON_LENGTH, reason.length())));
                    setAll(update, 2, ids);
                    return update.executeUpdate();
                }));
    }

    private static void setAll(PreparedStatement statement, int from, List<String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(from + i, values.get(i));
        }
    }

    /**
     * Number of unsent messages of one destination.
     *
     * @param parked whether the destination rejected them, so that they wait for an operator
     * @param oldest age of the oldest of them
     */
    public record Unsent(OutboxMessage.Destination destination, boolean parked, long messages, Duration oldest) {}

    /** Counts unsent messages. Omits a destination that has no such messages. */
    @Transactional
    public List<Unsent> unsent() {
        return run(UNSENT, select -> {
            List<Unsent> unsent = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unsent.add(new Unsent(
                            OutboxMessage.Destination.valueOf(rows.getString(1)),
                            "P".equals(rows.getString(2)),
                            rows.getLong(3),
                            Duration.ofSeconds(rows.getLong(4))));
                }
            }
            return unsent;
        });
    }

    /** Deletes up to 1000 messages that were sent longer ago than {@link #RETENTION}. Returns how many. */
    @Transactional
    public int purge() {
        return run(PURGE, delete -> {
            delete.setLong(1, RETENTION.toSeconds());
            return delete.executeUpdate();
        });
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new OutboxException(e);
        }
    }

    /** A statement failed. The cause says whether the database is unavailable. */
    public static class OutboxException extends RuntimeException {

        OutboxException(SQLException cause) {
            super(cause);
        }
    }
}
