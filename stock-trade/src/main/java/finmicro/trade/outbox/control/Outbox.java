package finmicro.trade.outbox.control;

import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
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
import javax.sql.DataSource;

/**
 * The table of what is still to be told. A message is appended in the transaction of what it tells of, so either both
 * are there or neither. It is claimed for a while in a short transaction, delivered outside any, and then marked: a
 * relay that dies in between leaves a claim that runs out. So each message is delivered at least once, whoever dies
 * when, and several relays may work at once.
 */
@ApplicationScoped
public class Outbox {

    /** How long a claimed message belongs to its relay; a delivery takes less. */
    public static final Duration CLAIM = Duration.ofSeconds(30);

    /** How long what was sent stays to be looked into. */
    public static final Duration KEPT = Duration.ofDays(1);

    private static final int LONGEST_BACK_OFF = 60;
    private static final int LONGEST_REASON = 500;

    private static final String APPEND =
            "INSERT INTO outbox (message_id, destination, body, traceparent, accepted_at, next_attempt_at, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? SECOND, UTC_TIMESTAMP(3))";

    private static final String POSTPONE = "UPDATE outbox SET next_attempt_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND"
            + " WHERE message_id = ? AND state = 'W' AND attempts = 0";

    private static final String WITHDRAW = "DELETE FROM outbox WHERE message_id = ? AND state = 'W' AND attempts = 0";

    private static final String DUE = "SELECT message_id, body, traceparent, accepted_at FROM outbox"
            + " WHERE destination = ? AND state = 'W' AND next_attempt_at <= UTC_TIMESTAMP(3)"
            + " ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED";

    private static final String CLAIM_ROW = "UPDATE outbox SET attempts = attempts + 1,"
            + " next_attempt_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE message_id = ?";

    private static final String SENT =
            "UPDATE outbox SET state = 'S', sent_at = UTC_TIMESTAMP(3), reason = ? WHERE message_id = ? AND state = 'W'";

    private static final String AGAIN = "UPDATE outbox SET reason = ?, next_attempt_at = UTC_TIMESTAMP(3)"
            + " + INTERVAL LEAST(POW(2, LEAST(attempts, 10)), " + LONGEST_BACK_OFF + ") SECOND"
            + " WHERE message_id = ? AND state = 'W'";

    private static final String AWAY =
            "UPDATE outbox SET reason = ?, next_attempt_at = UTC_TIMESTAMP(3) WHERE message_id = ? AND state = 'W'";

    private static final String REFUSED =
            "UPDATE outbox SET state = 'P', reason = ? WHERE message_id = ? AND state = 'W'";

    // The destinations are named for the index's sake. What was never tried and is not due yet is no arrear.
    private static final String UNSENT = "SELECT destination, state, COUNT(*),"
            + " TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) FROM outbox"
            + " WHERE destination IN ('ORDER', 'SETTLE', 'RELEASE') AND state IN ('W', 'P')"
            + " AND (attempts > 0 OR next_attempt_at <= UTC_TIMESTAMP(3)) GROUP BY destination, state";

    private static final String PURGE =
            "DELETE FROM outbox WHERE state = 'S' AND sent_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND LIMIT 1000";

    private final DataSource dataSource;
    private final Event<OutboxMessage> appended;

    /** @param appended told of each message as it is appended */
    @Inject
    public Outbox(DataSource dataSource, Event<OutboxMessage> appended) {
        this.dataSource = dataSource;
        this.appended = appended;
    }

    /** Adds a message within the caller's transaction; its relay is woken once that has committed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(OutboxMessage message) {
        append(message, Duration.ZERO);
        appended.fire(message);
    }

    /** Adds a message that is not due before so many seconds, within the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(OutboxMessage message, Duration delay) {
        run(APPEND, append -> {
            append.setString(1, message.messageId());
            append.setString(2, message.destination().name());
            append.setString(3, message.body());
            append.setString(4, message.traceparent());
            append.setObject(
                    5,
                    message.acceptedAt() == null ? null : message.acceptedAt().toEpochMilli());
            append.setLong(6, delay.toSeconds());
            return append.executeUpdate();
        });
    }

    /** Puts off a message that no relay has claimed yet. Returns whether there is one. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean postpone(String messageId, Duration delay) {
        return run(POSTPONE, update -> {
            update.setLong(1, delay.toSeconds());
            update.setString(2, messageId);
            return update.executeUpdate() == 1;
        });
    }

    /** Removes a message that no relay has claimed yet. Returns whether there was one. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean withdraw(String messageId) {
        return run(WITHDRAW, delete -> {
            delete.setString(1, messageId);
            return delete.executeUpdate() == 1;
        });
    }

    /** Claims up to so many messages that are due, the longest due first. */
    @Transactional
    public List<OutboxMessage> claim(OutboxMessage.Destination destination, int most) {
        List<OutboxMessage> due = run(DUE, select -> {
            select.setString(1, destination.name());
            select.setInt(2, most);
            return messages(destination, select);
        });
        if (!due.isEmpty()) {
            run(CLAIM_ROW, claim -> {
                for (OutboxMessage message : due) {
                    claim.setLong(1, CLAIM.toSeconds());
                    claim.setString(2, message.messageId());
                    claim.addBatch();
                }
                return claim.executeBatch();
            });
        }
        return due;
    }

    private static List<OutboxMessage> messages(OutboxMessage.Destination destination, PreparedStatement select)
            throws SQLException {
        List<OutboxMessage> messages = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Long acceptedAt = rows.getObject(4, Long.class);
                messages.add(new OutboxMessage(
                        OutboxMessage.tradeNo(rows.getString(1)),
                        destination,
                        rows.getString(2),
                        rows.getString(3),
                        acceptedAt == null ? null : Instant.ofEpochMilli(acceptedAt)));
            }
        }
        return messages;
    }

    /** Marks claimed messages with what became of them. */
    @Transactional
    public void mark(Map<String, Outcome> outcomes) {
        for (Outcome.Result result : Outcome.Result.values()) {
            List<Map.Entry<String, Outcome>> same = outcomes.entrySet().stream()
                    .filter(outcome -> outcome.getValue().result() == result)
                    .toList();
            if (!same.isEmpty()) {
                run(update(result), update -> markAll(update, same));
            }
        }
    }

    private static String update(Outcome.Result result) {
        return switch (result) {
            case SENT -> SENT;
            case AGAIN -> AGAIN;
            case AWAY -> AWAY;
            case REFUSED -> REFUSED;
        };
    }

    private static int[] markAll(PreparedStatement update, List<Map.Entry<String, Outcome>> outcomes)
            throws SQLException {
        for (Map.Entry<String, Outcome> outcome : outcomes) {
            String reason = outcome.getValue().reason();
            update.setString(1, reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
            update.setString(2, outcome.getKey());
            update.addBatch();
        }
        return update.executeBatch();
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
