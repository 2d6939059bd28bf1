package finmicro.market;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import org.junit.jupiter.api.Test;

class MarketTaskTest {

    @Test
    void ecsTaskDefinesExactlyTheVariablesThatTheServiceReads() {
        assertThat(TaskEnvironment.unread("stock-market", task -> new MarketConfig(new Settings(task::read))))
                .isEmpty();
    }
}
