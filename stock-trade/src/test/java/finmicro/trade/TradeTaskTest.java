package finmicro.trade;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import org.junit.jupiter.api.Test;

class TradeTaskTest {

    @Test
    void ecsTaskSetsExactlyTheVariablesThatTheServiceReads() {
        assertThat(TaskEnvironment.unread("stock-trade", task -> new TradeConfig(new Settings(task::read))))
                .isEmpty();
    }
}
