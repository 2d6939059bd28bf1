package finmicro.trade.order.control;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.embedded.Injection;
import finmicro.trade.TradeDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyKeysIT {

    private final IdempotencyKeys keys = Injection.into(new IdempotencyKeys(), TradeDatabase.UNIT.entityManager());

    @BeforeEach
    void deleteKeys() throws SQLException {
        TradeDatabase.sql("DELETE FROM idempotency_keys");
    }

    /** As openapi.yaml says. */
    @Test
    void keyIsRetainedForADay() {
        assertThat(IdempotencyKeys.RETENTION).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void keyThatIsADayOldIsPurgedAndAYoungerOneIsNot() throws Exception {
        TradeDatabase.UNIT.inTransaction(() -> keys.take("main", "old", 10_001));
        TradeDatabase.UNIT.inTransaction(() -> keys.take("main", "young", 10_002));
        TradeDatabase.sql(
                "UPDATE idempotency_keys SET created_at = created_at - INTERVAL 24 HOUR - INTERVAL 1 SECOND"
                        + " WHERE idempotency_key = 'old'",
                "UPDATE idempotency_keys SET created_at = created_at - INTERVAL 23 HOUR - INTERVAL 55 MINUTE"
                        + " WHERE idempotency_key = 'young'");

        assertThat(TradeDatabase.UNIT.inTransaction(keys::purge)).isEqualTo(1);

        assertThat(TradeDatabase.UNIT.inTransaction(() -> keys.take("main", "young", 10_003)))
                .isEqualTo(10_002);
        assertThat(TradeDatabase.UNIT.inTransaction(() -> keys.take("main", "old", 10_003)))
                .isEqualTo(10_003);
    }
}
