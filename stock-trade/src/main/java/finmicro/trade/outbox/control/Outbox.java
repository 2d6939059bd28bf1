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
 * The table of what is still to be told. A message is appended in the transaction of what it tells of, so either both
 * are there or neither. It is claimed for a while, as it is appended ({@link Handover}) or in a short transaction of
 * its relay, delivered outside any, and then marked: a relay that dies in between leaves a claim that runs out. So each
 * message is delivered at least once, whoever dies when, and several relays may work at once.
 */
@ApplicationScoped
public class Outbox {

    /** How long a claimed message belongs to its relay, which stops delivering before it expires: {@link ClaimDeadline}. */
    public static final Duration CLAIM = Duration.ofSeconds(30);

    /** How long what was sent stays to be looked into. */
    public static final Duration KEPT = Duration.ofDays(1);

    private static final int LONGEST_BACK_OFF = 60;
    private static final int LONGEST_REASON = 500;

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
            Outcome.Result.AGAIN,
                    "next_attempt_at = UTC_TIMESTAMP(3) + INTERVAL LEAST(POW(2, LEAST(attempts, 10)), "
                            + LONGEST_BACK_OFF + ") SECOND",
            Outcome.Result.AWAY, "next_attempt_at = UTC_TIMESTAMP(3)",
            Outcome.Result.REFUSED, "state = 'P'",
            Outcome.Result.UNTRIED, "attempts = GREATEST(attempts, 1) - 1, next_attempt_at = UTC_TIMESTAMP(3)");

    // The destinations are named for the index's sake. What was never tried and is not due yet is no arrear.
    private static final String UNSENT = "SELECT destination, state, COUNT(*),"
            + " TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) FROM outbox"
            + " WHERE destination IN ('ORDER', 'SETTLE') AND state IN ('W', 'P')"
            + " AND (attempts > 0 OR next_attempt_at <= UTC_TIMESTAMP(3)) GROUP BY destination, state";

    private static final String PURGE =
            "DELETE FROM outbox WHERE state = 'S' AND sent_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND LIMIT 1000";

    private final DataSource dataSource;
    private final Handover handover;

    @Inject
    public Outbox(DataSource dataSource, Handover handover) {
        this.dataSource = dataSource;
        this.handover = handover;
    }

    /** Adds a message within the caller's transaction; its relay gets it, or is woken, once that has committed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(OutboxMessage message) {
        append(List.of(message));
    }

    /** Adds messages, of any destinations, within the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<OutboxMessage> messages) {
        for (Handover.Group group : handover.announce(messages)) {
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
     * Claims messages that are due, the longest due first.
     *
     * @param most up to so many
     * @param call how many are told in one call: more than that are claimed by whole calls alone, and the rest is left for
     *     others to join it
     */
    @Transactional
    public List<OutboxMessage> claim(OutboxMessage.Destination destination, int most, int call) {
        List<OutboxMessage> due = run(DUE, select -> {
            select.setString(1, destination.name());
            select.setInt(2, most);
            return messages(destination, select);
        });
        List<OutboxMessage> claimed = due.subList(0, Delivery.wholeCalls(due.size(), call));
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

    /** Marks claimed messages with what became of them: those with the same outcome by one statement. */
    @Transactional
    public void mark(Map<String, Outcome> outcomes) {
        Map<Outcome, List<String>> same = outcomes.keySet().stream().collect(Collectors.groupingBy(outcomes::get));
        same.forEach((outcome, ids) ->
                run(MARK.formatted(MARKS.get(outcome.result()), Placeholders.of(ids)), update -> {
                    String reason = outcome.reason();
                    update.setString(1, reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
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
     * Messages of one destination that are not sent.
     *
     * @param parked whether they wait for an operator, and not for their turn
     * @param oldest for how long the oldest of them has been there
     */
    public record Unsent(OutboxMessage.Destination destination, boolean parked, long messages, Duration oldest) {}

    /** What is not sent; nothing of a destination that has no such messages. */
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

    /** Removes up to 1000 messages that were sent longer ago than {@link #KEPT}. Returns how many. */
    @Transactional
    public int purge() {
        return run(PURGE, delete -> {
            delete.setLong(1, KEPT.toSeconds());
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

    /** The outbox's statement failed; the cause says whether the database is away. */
    public static class OutboxException extends RuntimeException {

        OutboxException(SQLException cause) {
            super(cause);
        }
    }
}
