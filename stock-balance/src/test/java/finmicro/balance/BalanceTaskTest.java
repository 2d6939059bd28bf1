package finmicro.balance;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.config.Settings;
import finmicro.embedded.TaskEnvironment;
import org.junit.jupiter.api.Test;

class BalanceTaskTest {

    @Test
    void ecsTaskDefinesExactlyTheVariablesThatTheServiceReads() {
        assertThat(TaskEnvironment.unread("stock-balance", task -> new BalanceConfig(new Settings(task::read))))
                .isEmpty();
    }
}
