package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.embedded.Injection;
import finmicro.trade.order.control.IdempotencyKeys;
import finmicro.trade.outbox.control.TransactionEnds;
import jakarta.enterprise.inject.Produces;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Purge workers limit the size of the tables of stock-trade. */
class TradePurgesIT {

    private final TradeComponents components = new TradeComponents(TestConfig.of(Map.of()));

    @BeforeEach
    @AfterEach
    void empty() throws SQLException {
        TradeDatabase.sql("DELETE FROM outbox", "DELETE FROM idempotency_keys");
    }

    @Test
    void purgesAreBeans() {
        assertThat(Arrays.stream(TradeComponents.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Produces.class))
                        .filter(method -> method.getReturnType() == Worker.class)
                        .map(method -> method.getName()))
                .contains("outboxPurge", "idempotencyKeysPurge", "journalPurge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outbox", "idempotency-keys"})
    void oldRowsAreDeletedAtStartupAndEveryTenMinutes(String table) throws Exception {
        Worker purge = table.equals("outbox")
                ? components.outboxPurge(new TransactionEnds().outbox(TradeDatabase.DATA_SOURCE))
                : components.idempotencyKeysPurge(keys());
        assertThat(purge.name()).isEqualTo("purge-" + table);
        addOldRow(table);
        Pauses pauses = new Pauses(table);

        purge.run(pauses);

        // Each pause adds one old row, which must be deleted before the next pause.
        assertThat(pauses.rows).containsExactly(0, 0, 0);
        assertThat(pauses.durations).containsOnly(Duration.ofMinutes(10));
    }

    /** Keys with a transactional purge, as in the container. */
    private static IdempotencyKeys keys() {
        IdempotencyKeys keys = new IdempotencyKeys() {
            @Override
            public int purge() {
                try {
                    return TradeDatabase.UNIT.inTransaction(super::purge);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        return Injection.into(keys, TradeDatabase.UNIT.entityManager());
    }

    private static void addOldRow(String table) throws SQLException {
        TradeDatabase.sql(
                table.equals("outbox")
                        ? "INSERT INTO outbox (message_id, destination, body, attempts, next_attempt_at, created_at, state,"
                                + " sent_at) VALUES ('order-1', 'ORDER', '{}', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'S',"
                                + " UTC_TIMESTAMP(3) - INTERVAL 25 HOUR)"
                        : "INSERT INTO idempotency_keys (idempotency_key, trade_no, created_at)"
                                + " VALUES ('old', 10001, UTC_TIMESTAMP(3) - INTERVAL 25 HOUR)");
    }

    /** Allows three pauses, without waiting. */
    private static final class Pauses implements WorkerContext {

        private final String table;
        private final List<Integer> rows = new ArrayList<>();
        private final List<Duration> durations = new ArrayList<>();

        Pauses(String table) {
            this.table = table;
        }

        @Override
        public boolean running() {
            return durations.size() < 3;
        }

        @Override
        public boolean pause(Duration duration) {
            try {
                durations.add(duration);
                rows.add(Integer.valueOf(TradeDatabase.value(
                        table.equals("outbox")
                                ? "SELECT COUNT(*) FROM outbox WHERE message_id = 'order-1'"
                                : "SELECT COUNT(*) FROM idempotency_keys WHERE idempotency_key = 'old'")));
                if (running()) {
                    addOldRow(table);
                }
                return running();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void reportIdle() {}

        @Override
        public void reportSuccess() {}

        @Override
        public void reportFailure(Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
